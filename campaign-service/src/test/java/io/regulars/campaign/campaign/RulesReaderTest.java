package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.guardrail.Budget;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RulesReaderTest {

    private final Faults faults = new Faults();

    @Test
    void whoSaysNothingAdvertisesForSevenDays() throws JsonProcessingException {
        var rules = read("{}");

        assertThat(rules).isEqualTo(Rules.MARKETING);
        assertThat(rules.expiry(Instant.EPOCH)).isEqualTo("1970-01-08T00:00:00Z");
    }

    @Test
    void aNoticeIsNeverTooLateUnlessItSaysSo() throws JsonProcessingException {
        assertThat(read("{\"class\": \"transactional\"}").expiry(Instant.EPOCH)).isEqualTo(Instant.MAX);
        assertThat(read("{\"class\": \"transactional\", \"sendWithin\": \"PT2H\"}")
                        .expiry(Instant.EPOCH))
                .isEqualTo("1970-01-01T02:00:00Z");
    }

    @Test
    void readsEverything() throws JsonProcessingException {
        assertThat(read("""
                {"class": "marketing", "priority": 7, "expectedValue": "2.50", "sendWithin": "P1D",
                 "expectedAudience": 2000, "budgets": [{"of": "money", "most": "10.00", "per": "day"}]}"""))
                .isEqualTo(new Rules(
                        false,
                        7,
                        new BigDecimal("2.50"),
                        Duration.ofDays(1),
                        2_000L,
                        List.of(new Budget(Budget.Kind.MONEY, Budget.Per.DAY, 10_000_000))));
        assertThat(faults.violations()).isEmpty();
    }

    @Test
    void namesEveryFaultWithItsPlace() throws JsonProcessingException {
        read("""
                {"class": "important", "priority": -1, "expectedValue": -1, "sendWithin": "soon",
                 "expectedAudience": 0, "budgets": [{"of": "messages", "most": -1}]}""");

        assertThat(faults.violations())
                .extracting("field")
                .containsExactlyInAnyOrder(
                        "class", "priority", "expectedValue", "sendWithin", "expectedAudience", "budgets[0].most");
    }

    private Rules read(String json) throws JsonProcessingException {
        return RulesReader.read(Fields.of("", new JsonMapper().readTree(json), faults));
    }
}
