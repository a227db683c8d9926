package io.regulars.campaign.campaign;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.reading.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DefinitionReaderTest {

    private static final String GOOD = """
            {"name": "n", "trigger": {"type": "tier-changed", "to": ["vip"]},
             "audience": {"field": "region", "op": "eq", "value": "浙江"},
             "steps": [{"type": "issue-coupon", "coupon": "cpn_1"},
               {"type": "send", "channel": "sms", "template": {"text": "{coupon.code}"}}]}""";

    @Test
    void readsAGoodCampaign() throws JsonProcessingException {
        assertThat(faults(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"n\"        | \"nmae\": \"n\"        | name: is required",
                "\"name\": \"n\"        | \"nmae\": \"n\"        | nmae: unknown field; known are name, trigger, audience",
                "tier-changed           | tier-chnaged           | trigger.type: unknown \"tier-chnaged\"; known are tier-changed,",
                "\"to\": [\"vip\"]      | \"direction\": \"sideways\" | trigger.direction: unknown \"sideways\"; known are up, down, any",
                "\"to\": [\"vip\"]      | \"tos\": [\"vip\"]     | trigger.tos: unknown field; known are type, direction, to",
                "\"region\"             | \"regoin\"             | audience.field: unknown \"regoin\"; known are tier, tierRank,",
                "\"eq\"                 | \"lt\"                 | audience.op: unknown \"lt\" for region; known are eq, ne,",
                "\"浙江\"               | 7                      | audience.value: must be a text",
                "cpn_1                  | cpn_2                  | steps[0].coupon: no coupon cpn_2",
                "{coupon.code}          | {customer.nmae}        | steps[1].template.text: unknown variable {customer.nmae}; known are",
                "{coupon.code}          | {product.name}         | steps[1].template.text: {product.name} may have no value: only repurchase-window-opened",
                "\"sms\"                | \"email\"              | steps[1].template.subject: is required",
                "\"sms\"                | \"fax\"                | steps[1].channel: unknown \"fax\"; known are email, sms, inbox",
                "\"text\":              | \"html\": \"x\", \"text\": | steps[1].template.html: has no meaning in an SMS",
                "\"type\": \"send\"     | \"type\": \"wait\"     | steps[1].for: is required",
                "\"issue-coupon\", \"coupon\": \"cpn_1\" | \"wait\", \"for\": \"2 hours\" | steps[0].for: must be an ISO 8601 duration",
                "\"issue-coupon\", \"coupon\": \"cpn_1\" | \"wait\", \"for\": \"-PT1H\" | steps[0].for: must be longer than nothing"
            })
    void namesTheFaultAndItsPlace(String good, String bad, String fault) throws JsonProcessingException {
        assertThat(faults(GOOD.replace(good, bad)))
                .anySatisfy(found -> assertThat(found).startsWith(fault));
    }

    @Test
    void knowsTheStageOfThoseWhoWereWonBack() throws JsonProcessingException {
        String trigger = "\"type\": \"stage-entered\", \"stages\": [\"won-back\", \"lost\"]";

        assertThat(faults(GOOD.replace("\"type\": \"tier-changed\", \"to\": [\"vip\"]", trigger)))
                .isEmpty();
    }

    @Test
    void namesAllFaultsAtOnce() throws JsonProcessingException {
        assertThat(faults("""
                {"nmae": 1, "trigger": {"type": "group-entered", "groups": ["good"]}, "audience": {"all": []},
                 "steps": [{"type": "send", "channel": "sms", "template": {"text": "{x}"}}, {"type": "jump"}],
                 "holdoutPercent": 120}""")).hasSize(7);
    }

    @Test
    void refusesConditionsThatAreTooDeep() throws JsonProcessingException {
        String deep = "{\"not\": ".repeat(12) + "{\"field\": \"tier\", \"op\": \"known\"}" + "}".repeat(12);

        assertThat(faults(GOOD.replace("{\"field\": \"region\", \"op\": \"eq\", \"value\": \"浙江\"}", deep)))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("at most 10 deep"));
    }

    private static List<String> faults(String json) throws JsonProcessingException {
        var faults = new Faults();
        new DefinitionReader(faults, coupon -> coupon == 1).read(new JsonMapper().readTree(json));
        return faults.violations().stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .toList();
    }
}
