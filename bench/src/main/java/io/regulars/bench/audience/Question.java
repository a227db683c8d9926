package io.regulars.bench.audience;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// A condition as a marketer writes it, and the same as somebody wrote it in SQL by hand.
///
/// @param selective picks so few that an index should find them
/// @param sql over the alias `a`; `{today}` stands for the day and `{ago-90}` for the instant 90 days ago
record Question(String name, boolean selective, String json, String sql) {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DAYS_AGO = Pattern.compile("\\{ago-(\\d+)}");

    static final List<Question> ALL = List.of(
            selective("a tag few have", """
                    {"field": "tags", "op": "has", "value": "tag-99"}""", "list_has_any(a.tags, ['tag-99'])"),
            selective("a small city", """
                    {"all": [{"field": "region", "op": "eq", "value": "Region 29"},
                      {"field": "city", "op": "eq", "value": "City 29-3"}]}""", "a.region = 'Region 29' and a.city = 'City 29-3'"),
            selective("bought one product lately", """
                    {"field": "bought", "op": "has", "value": "SKU-0042", "within": "P90D"}""", """
                    exists (select 1 from purchase p where p.customer_id = a.customer_id
                      and p.product_code = 'SKU-0042' and p.ordered_at >= {ago-90})"""),
            selective("spent very much", """
                    {"field": "monetary", "op": "gte", "value": "5000.00"}""", "a.monetary >= 500000"),
            selective("ordered yesterday or today", """
                    {"field": "lastOrderDay", "op": "withinDays", "value": 1}""", "a.last_order_day >= {today} - 1"),
            selective(
                    "sleeping super VIPs of one region",
                    """
                    {"all": [{"field": "tier", "op": "eq", "value": "super-vip"},
                      {"field": "stage", "op": "eq", "value": "sleeping"},
                      {"field": "region", "op": "eq", "value": "Region 3"}]}""",
                    "a.tier = 'super-vip' and a.stage = 'sleeping' and a.region = 'Region 3'"),
            selective("VIPs of the best group with a tag", """
                    {"all": [{"field": "tier", "op": "in", "value": ["vip", "super-vip"]},
                      {"field": "group", "op": "eq", "value": "111"},
                      {"field": "tags", "op": "has", "value": ["tag-80", "tag-81", "tag-82"]}]}""", """
                    a.tier in ('vip', 'super-vip') and a.group_key = '111'
                      and list_has_any(a.tags, ['tag-80', 'tag-81', 'tag-82'])"""),
            selective("both of two tags", """
                    {"field": "tags", "op": "hasAll", "value": ["tag-40", "tag-41"]}""", "list_has_all(a.tags, ['tag-40', 'tag-41'])"),
            selective("two small cities by SMS", """
                    {"all": [{"field": "city", "op": "in", "value": ["City 28-1", "City 29-1"]},
                      {"field": "consent", "op": "has", "value": "sms"}]}""", "a.city in ('City 28-1', 'City 29-1') and a.sms_consent is true"),
            selective("bought one product and not another", """
                    {"all": [{"field": "bought", "op": "has", "value": "SKU-0042", "within": "P30D"},
                      {"not": {"field": "bought", "op": "has", "value": ["SKU-0043", "SKU-0044"]}}]}""", """
                    exists (select 1 from purchase p where p.customer_id = a.customer_id
                      and p.product_code = 'SKU-0042' and p.ordered_at >= {ago-30})
                      and not exists (select 1 from purchase p where p.customer_id = a.customer_id
                        and p.product_code in ('SKU-0043', 'SKU-0044'))"""),
            broad("women", """
                    {"field": "gender", "op": "eq", "value": "female"}""", "a.gender = 'female'"),
            broad("who may get e-mail", """
                    {"field": "consent", "op": "has", "value": "email"}""", "a.email_consent is true"),
            broad("not in the lowest tier", """
                    {"field": "tier", "op": "ne", "value": "new"}""", "a.tier is distinct from 'new'"),
            broad("born in December", """
                    {"field": "birthdayMonth", "op": "eq", "value": 12}""", "month(a.birthday) = 12"),
            broad("quiet for sixty days", """
                    {"field": "lastOrderDay", "op": "notWithinDays", "value": 60}""", "a.last_order_day < {today} - 60"),
            broad("a middling amount", """
                    {"field": "monetary", "op": "between", "value": ["100.00", "1000.00"]}""", "a.monetary between 10000 and 100000"),
            broad("never bought of a category", """
                    {"not": {"field": "boughtCategory", "op": "has", "value": "Category 7"}}""", """
                    not exists (select 1 from purchase p where p.customer_id = a.customer_id
                      and p.category = 'Category 7')"""),
            broad("neither lost nor still a prospect", """
                    {"field": "stage", "op": "notIn", "value": ["lost", "prospect"]}""", "(a.stage in ('lost', 'prospect')) is not true"),
            broad("bought of a category, by SMS", """
                    {"all": [{"field": "boughtCategory", "op": "has", "value": "Category 3"},
                      {"field": "consent", "op": "has", "value": "sms"}]}""", """
                    a.sms_consent is true and exists (select 1 from purchase p where p.customer_id = a.customer_id
                      and p.category = 'Category 3')"""),
            broad("one of many things", """
                    {"any": [{"field": "frequency", "op": "gte", "value": 5},
                      {"field": "group", "op": "in", "value": ["111", "101"]},
                      {"all": [{"field": "gender", "op": "eq", "value": "male"},
                        {"field": "customerSince", "op": "lt", "value": "2026-01-01"}]}]}""", """
                    a.frequency >= 5 or a.group_key in ('111', '101')
                      or (a.gender = 'male' and a.customer_since::date < date '2026-01-01')"""));

    private static Question selective(String name, String json, String sql) {
        return new Question(name, true, json, sql);
    }

    private static Question broad(String name, String json, String sql) {
        return new Question(name, false, json, sql);
    }

    /// Not among the fixed ones.
    static Question tagged(String tag) {
        return selective(
                "tagged " + tag,
                "{\"field\": \"tags\", \"op\": \"has\", \"value\": \"%s\"}".formatted(tag),
                "list_has_any(a.tags, ['%s'])".formatted(tag));
    }

    String body() {
        return "{\"condition\": " + json + "}";
    }

    JsonNode condition() {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(name + " is no JSON", e);
        }
    }

    /// As of an instant.
    String where(Instant now) {
        var today = "date '" + LocalDate.ofInstant(now, ZONE) + "'";
        return "("
                + DAYS_AGO.matcher(sql.replace("{today}", today))
                        .replaceAll(found -> timestamp(now.minus(Duration.ofDays(Long.parseLong(found.group(1))))))
                + ")";
    }

    private static String timestamp(Instant instant) {
        return "timestamp '" + instant.toString().replace("Z", "") + "'";
    }
}
