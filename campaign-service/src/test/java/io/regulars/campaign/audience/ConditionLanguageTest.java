package io.regulars.campaign.audience;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.problem.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The reader, the schema and the words go by the same definitions.
class ConditionLanguageTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(published());

    @Test
    void theSchemaIsWhatTheReaderGoesBy() {
        assertThat(published())
                .as("ConditionSchema.text() made anew belongs into resources/audience/condition.schema.json")
                .isEqualTo(ConditionSchema.text());
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void readerAndSchemaTakeTheSameLeaves(Field field) throws JsonProcessingException {
        var random = new RandomConditions(new Random(field.ordinal()));
        for (Op op : field.ops()) {
            ObjectNode leaf = random.leaf(field, op);

            taken(leaf);
            for (ObjectNode spoilt : spoilt(leaf, field)) {
                refused(spoilt);
            }
        }
    }

    @Test
    void readerAndSchemaTakeTheSameTrees() throws JsonProcessingException {
        var random = new RandomConditions(new Random(7));
        for (int i = 0; i < 300; i++) {
            taken(random.tree(4));
        }
        for (String wrong : List.of(
                "{}",
                "[]",
                "{\"all\": []}",
                "{\"any\": {}}",
                "{\"not\": []}",
                "{\"all\": [{\"field\": \"tier\", \"op\": \"known\"}], \"any\": [{\"field\": \"tier\", \"op\": \"known\"}]}",
                "{\"not\": {\"field\": \"teir\", \"op\": \"known\"}}")) {
            refused(JSON.readTree(wrong));
        }
    }

    @Test
    void namesEveryFaultWithItsPointer() throws JsonProcessingException {
        assertThat(faults("""
                {"all": [
                  {"field": "tier", "op": "in", "value": ["vip", 7]},
                  {"not": {"field": "messagesSent", "op": "gte", "value": "x", "channel": ["email", "fax"]}},
                  {"any": [{"field": "teir", "op": "eq"}, {"field": "couponsExpiring", "op": "has"}]},
                  {"field": "orders", "op": "hasNot", "coupon": "cpn_1", "a/b": 1}]}"""))
                .extracting(Violation::field)
                .containsExactlyInAnyOrder(
                        "/condition/all/0/value/1",
                        "/condition/all/1/not/value",
                        "/condition/all/1/not/channel/1",
                        "/condition/all/2/any/0/field",
                        "/condition/all/2/any/1/within",
                        "/condition/all/3/coupon",
                        "/condition/all/3/a~1b");
    }

    @Test
    void holdsConditionsWithinBounds() throws JsonProcessingException {
        String leaf = "{\"field\": \"tier\", \"op\": \"known\"}";
        assertThat(faults("{\"not\": ".repeat(11) + leaf + "}".repeat(11))).isNotEmpty();
        assertThat(faults("{\"all\": ["
                        + String.join(",", Stream.generate(() -> leaf).limit(51).toList()) + "]}"))
                .isNotEmpty();
        String fifty = "{\"all\": ["
                + String.join(",", Stream.generate(() -> leaf).limit(50).toList()) + "]}";
        assertThat(faults("{\"any\": [" + String.join(",", fifty, fifty, fifty, fifty) + "]}"))
                .isEmpty();
        assertThat(faults("{\"any\": [" + String.join(",", fifty, fifty, fifty, fifty, leaf) + "]}"))
                .extracting(Violation::message)
                .containsExactly("must hold at most 200 conditions in all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"all\": [{\"field\": \"tier\", \"op\": \"in\", \"value\": [\"vip\", \"super-vip\"]}, {\"field\": \"region\", \"op\": \"eq\", \"value\": \"浙江\"}, {\"field\": \"lastOrderDay\", \"op\": \"notWithinDays\", \"value\": 60}, {\"field\": \"messagesSent\", \"op\": \"hasNot\", \"channel\": \"email\", \"within\": \"P7D\"}]} | 等级 是 vip、super-vip 之一，且地区 是 浙江，且最近下单日 在 60 天以前，且最近 7 天内没有已发送消息（渠道 email） | tier is one of vip, super-vip, and region is 浙江, and last order more than 60 days ago, and no messages sent (channel email) in the last 7 days",
                "{\"not\": {\"any\": [{\"field\": \"bought\", \"op\": \"has\", \"value\": \"WIPES\", \"within\": \"P1D\"}, {\"field\": \"segment\", \"op\": \"has\", \"value\": \"seg_1\"}]}} | 不符合（最近 1 天内购买过商品 WIPES，或在人群 seg_1） | not (bought the product WIPES in the last 1 day, or in the segment seg_1)",
                "{\"field\": \"spent\", \"op\": \"between\", \"value\": [\"10.00\", 99]} | 累计消费在 10.00 和 99 之间 | spent is between 10.00 and 99"
            })
    void saysWhatAConditionMeans(String condition, String zh, String en) throws JsonProcessingException {
        var read = new ConditionReader(new Faults()).read("", JSON.readTree(condition));

        assertThat(ConditionWords.of(read, Map.of())).isEqualTo(new Words(zh, en));
    }

    /// Each way in which a leaf can be wrong.
    private static List<ObjectNode> spoilt(ObjectNode leaf, Field field) {
        ObjectNode wrongOp = leaf.deepCopy().put("op", "like");
        ObjectNode noOp = leaf.deepCopy();
        noOp.remove("op");
        ObjectNode typo = leaf.deepCopy().put("vaule", 1);
        ObjectNode wrongValue = leaf.deepCopy();
        wrongValue.putObject("value");
        ObjectNode noValue = leaf.deepCopy();
        if (noValue.remove("value") == null) {
            noValue.put("value", 1);
        }
        ObjectNode within = leaf.deepCopy().put("within", field.window() == Tally.Window.NONE ? "P7D" : "7 days");
        ObjectNode qualifier =
                leaf.deepCopy().put("campaign", field.qualifiers().contains(Qualifier.CAMPAIGN) ? "x" : "cmp_1");
        return List.of(wrongOp, noOp, typo, wrongValue, noValue, within, qualifier);
    }

    private static void taken(JsonNode condition) throws JsonProcessingException {
        assertThat(faults(condition.toString())).as("reader: " + condition).isEmpty();
        assertThat(SCHEMA.validate(condition)).as("schema: " + condition).isEmpty();
    }

    private static void refused(JsonNode condition) throws JsonProcessingException {
        assertThat(faults(condition.toString())).as("reader: " + condition).isNotEmpty();
        assertThat(SCHEMA.validate(condition.toString(), InputFormat.JSON))
                .as("schema: " + condition)
                .isNotEmpty();
    }

    private static List<Violation> faults(String condition) throws JsonProcessingException {
        Faults faults = Faults.byPointer();
        new ConditionReader(faults).read("/condition", JSON.readTree(condition));
        return faults.violations();
    }

    private static String published() {
        try (InputStream in = ConditionLanguageTest.class.getResourceAsStream("/audience/condition.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
