package io.regulars.campaign.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.reading.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TriggerReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'churn-warning'}",
                "{'type': 'group-entered', 'groups': ['111', 'at-risk', 'hibernating']}",
                "{'type': 'class-entered', 'name': 'satisfaction', 'classes': ['very-dissatisfied']}",
                "{'type': 'order-paid', 'minAmount': '500.00', 'first': true, 'categories': ['湿巾']}",
                "{'type': 'order-refunded'}",
                "{'type': 'cart-abandoned', 'after': 'PT2H'}",
                "{'type': 'reviewed', 'below': 3, 'products': ['A']}",
                "{'type': 'survey-answered', 'above': 89}",
                "{'type': 'complained'}",
                "{'type': 'event', 'name': 'trial', 'where': {'city': '杭州', 'seats': {'ge': 2, 'lt': 10}}}",
                "{'type': 'birthday', 'daysBefore': 3, 'at': '09:00', 'leapDay': '03-01'}",
                "{'type': 'anniversary', 'of': 'first-order'}",
                "{'type': 'holiday', 'holidays': ['spring-festival', '618'], 'daysBefore': 7}",
                "{'type': 'date', 'date': '2026-05-20', 'lateLimit': 'PT1H'}",
                "{'type': 'schedule', 'rrule': 'FREQ=MONTHLY;BYDAY=1MO', 'start': '2026-03-02T09:00', 'zone': 'Asia/Shanghai'}",
                "{'type': 'coupon-expiring', 'coupon': 'cpn_1', 'daysBefore': 3}"
            })
    void readsEachTypeAndKnowsItsName(String trigger) throws JsonProcessingException {
        var definition = read(trigger, "'n'", "x");

        assertThat(definition.faults()).isEmpty();
        assertThat(trigger).contains("'" + definition.definition().trigger().type() + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\": \"class-entered\", \"name\": \"amount\", \"classes\": [\"huge\"] | trigger.classes: unknown [huge]; known are high",
                "\"type\": \"class-entered\", \"name\": \"size\" | trigger.name: unknown \"size\"",
                "\"type\": \"group-entered\", \"groups\": [\"good\"] | trigger.groups: must name groups",
                "\"type\": \"order-paid\", \"minAmount\": 0 | trigger.minAmount: must be more than nothing",
                "\"type\": \"order-paid\", \"below\": 1 | trigger.below: unknown field",
                "\"type\": \"complained\", \"below\": 1 | trigger.below: unknown field",
                "\"type\": \"reviewed\", \"below\": 6 | trigger.below: must be a whole number, 1 to 5",
                "\"type\": \"cart-abandoned\", \"after\": \"P31D\" | trigger.after: must be at most P30D",
                "\"type\": \"event\" | trigger.name: is required",
                "\"type\": \"event\", \"name\": \"n\", \"where\": {\"a\": {\"like\": 1}} | trigger.where.a.like: unknown",
                "\"type\": \"event\", \"name\": \"n\", \"where\": {\"a\": {\"gt\": \"x\"}} | trigger.where.a.gt: must be a number",
                "\"type\": \"birthday\", \"daysBefore\": 61 | trigger.daysBefore: must be a whole number, 0 to 60",
                "\"type\": \"anniversary\" | trigger.of: is required",
                "\"type\": \"holiday\", \"holidays\": [\"easter\"] | trigger.holidays: unknown [easter]; known are spring-festival",
                "\"type\": \"date\", \"date\": \"2026-02-30\" | trigger.date: must be a day",
                "\"type\": \"schedule\", \"rrule\": \"FREQ=HOURLY\", \"start\": \"2026-03-02T09:00\", \"zone\": \"Asia/Shanghai\" | trigger.rrule: must recur by days",
                "\"type\": \"schedule\", \"rrule\": \"FREQ=DAILY\", \"start\": \"2026-03-02T09:00\", \"zone\": \"Mars\" | trigger.zone: must be a time zone",
                "\"type\": \"coupon-expiring\", \"coupon\": \"cpn_2\" | trigger.coupon: no coupon cpn_2"
            })
    void namesTheFaultAndItsPlace(String trigger, String fault) throws JsonProcessingException {
        assertThat(read("{" + trigger + "}", "\"n\"", "x").faults())
                .anySatisfy(found -> assertThat(found).startsWith(fault));
    }

    @Test
    void whatTheCauseTellsNeedsAFallbackUnlessItSurelyDoes() throws JsonProcessingException {
        assertThat(read("{'type': 'order-paid'}", "'n'", "{event.order}").faults())
                .isEmpty();
        assertThat(read("{'type': 'order-paid'}", "'n'", "{event.city}").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("{event.city} may have no value"));
        assertThat(read("{'type': 'order-paid'}", "'n'", "{event.city ?: '那里'}").faults())
                .isEmpty();
    }

    @Test
    void readsReentry() throws JsonProcessingException {
        assertThat(read("{'type': 'complained'}", "'n', 'reentry': 'once'", "x")
                        .definition()
                        .reentry())
                .isEqualTo(new Reentry.Once());
        assertThat(read("{'type': 'complained'}", "'n', 'reentry': {'after': 'P30D'}", "x")
                        .definition()
                        .reentry())
                .isEqualTo(new Reentry.After(Duration.ofDays(30)));
        assertThat(read("{'type': 'complained'}", "'n'", "x").definition().reentry())
                .isEqualTo(Reentry.ALWAYS);
        assertThat(read("{'type': 'complained'}", "'n', 'reentry': 'twice'", "x")
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("reentry: unknown \"twice\""));
    }

    @Test
    void enrolsNobodyWhoIsInItAlreadyWhereNobodyCanBe() throws JsonProcessingException {
        assertThat(read("{'type': 'birthday'}", "'n', 'includeExisting': true", "x")
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("includeExisting: has no meaning"));
    }

    @Test
    void comparesPropertiesAsNumbersWhereTheyAre() {
        var test = new EventTrigger.Test("seats", "eq", "2");
        assertThat(test.holds("2.0")).isTrue();
        assertThat(test.holds("two")).isFalse();
        assertThat(new EventTrigger.Test("seats", "gt", "2").holds("10")).isTrue();
        assertThat(new EventTrigger.Test("seats", "gt", "2").holds("many")).isFalse();
        assertThat(new EventTrigger.Test("city", "ne", "杭州").holds(null)).isTrue();
        assertThat(new EventTrigger("trial", List.of(test)).matches("trial", Map.of()))
                .isFalse();
    }

    @Test
    void keepsOfAPropertyWhatFitsIntoATemplate() {
        assertThat(EventTrigger.context(Map.of("note", "x".repeat(400))).get("event.note"))
                .hasSize(300);
    }

    private record Read(Definition definition, List<String> faults) {}

    private static Read read(String trigger, String name, String text) throws JsonProcessingException {
        var faults = new Faults();
        String json = """
                {'name': %s, 'trigger': %s, 'steps': [{'type': 'send', 'channel': 'inbox', 'template': {'text': "%s"}}]}""".formatted(name, trigger, text);
        var definition = new DefinitionReader(faults, coupon -> coupon == 1)
                .read(JsonMapper.builder()
                        .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                        .build()
                        .readTree(json));
        return new Read(
                definition,
                faults.violations().stream()
                        .map(violation -> violation.field() + ": " + violation.message())
                        .toList());
    }
}
