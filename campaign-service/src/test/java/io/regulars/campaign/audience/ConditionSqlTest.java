package io.regulars.campaign.audience;

import java.time.Instant;
import java.time.ZoneId;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.reading.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionSqlTest {

    private static final Shop SHOP = new Shop(1, "暖阳", ZoneId.of("Asia/Shanghai"), "CNY", "zh-CN");
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"field\": \"tier\", \"op\": \"eq\", \"value\": \"vip\"} | (a.tier = :c0)",
                "{\"field\": \"tier\", \"op\": \"in\", \"value\": [\"vip\", \"senior\"]} | (a.tier = any(:c0::text[]))",
                "{\"field\": \"region\", \"op\": \"ne\", \"value\": \"x\"} | (a.region is distinct from :c0)",
                "{\"field\": \"tags\", \"op\": \"hasNot\", \"value\": \"x\"} | (not a.tags && :c0::text[])",
                "{\"field\": \"tags\", \"op\": \"has\", \"value\": \"x\"} | (exists (select from audience_tag t where t.merchant_id = :ofMerchant and t.customer_id = a.customer_id and t.tag = any(:c0::text[])))",
                "{\"not\": {\"field\": \"messagesSent\", \"op\": \"eq\", \"value\": 0}} | (exists (select from contact t where t.merchant_id = :ofMerchant and t.kind = 1 and t.customer_id = a.customer_id))",
                "{\"not\": {\"all\": [{\"field\": \"city\", \"op\": \"known\"}, {\"field\": \"bought\", \"op\": \"hasNot\", \"value\": \"x\"}]}} | (((a.city is not null) is not true) or (exists (select from purchase p where p.merchant_id = :ofMerchant and p.customer_id = a.customer_id and p.product_code = any(:c0::text[]))))",
                "{\"field\": \"attributes.baby\", \"op\": \"known\"} | ((a.attributes ->> :c0) is not null)",
                "{\"field\": \"lastOrderDay\", \"op\": \"notWithinDays\", \"value\": 60} | (a.last_order_day < :c0)",
                "{\"not\": {\"field\": \"frequency\", \"op\": \"gt\", \"value\": 3}} | ((a.frequency > :c0) is not true)",
                "{\"field\": \"consent\", \"op\": \"has\", \"value\": [\"sms\", \"inbox\"]} | ((a.sms_consent is  true) and (coalesce(a.inbox_consent, true) is  true))",
                "{\"any\": [{\"field\": \"city\", \"op\": \"unknown\"}, {\"field\": \"monetary\", \"op\": \"lt\", \"value\": \"9.90\"}]} | ((a.city is null) or (a.monetary < :c0))"
            })
    void becomesSqlWithEveryValueAParameter(String condition, String sql) throws JsonProcessingException {
        assertThat(ConditionSql.of(read(condition), SHOP, NOON).sql()).isEqualTo(sql);
    }

    @Test
    void neverCarriesAValueOrANameIntoTheSql() throws JsonProcessingException {
        String evil = "x'); drop table audience; --";

        var compiled = ConditionSql.of(read("""
                        {"all": [{"field": "attributes.%1$s", "op": "eq", "value": "%1$s"},
                          {"field": "bought", "op": "has", "value": "%1$s", "within": "P30D"}]}""".formatted(evil)), SHOP, NOON);

        assertThat(compiled.sql()).doesNotContain("drop");
    }

    @Test
    void picksEveryoneWhereNothingIsAsked() {
        assertThat(ConditionSql.of(Condition.EVERYONE, SHOP, NOON).sql()).isEqualTo("true");
    }

    private static Condition read(String json) throws JsonProcessingException {
        var faults = new Faults();
        Condition condition = new ConditionReader(faults).read("condition", new JsonMapper().readTree(json));
        assertThat(faults.violations()).isEmpty();
        return condition;
    }
}
