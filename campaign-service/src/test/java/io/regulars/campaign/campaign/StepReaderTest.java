package io.regulars.campaign.campaign;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.campaign.Step.Branch;
import io.regulars.campaign.campaign.Step.Jump;
import io.regulars.campaign.campaign.Step.Send;
import io.regulars.campaign.campaign.Step.Split;
import io.regulars.campaign.campaign.Step.Wait;
import io.regulars.campaign.campaign.Step.WaitFor;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StepReaderTest {

    private static final String SEND = """
            {"type": "send", "channel": "sms", "template": {"text": "x"}}""";
    private static final String COUPON = """
            {"type": "issue-coupon", "coupon": "cpn_1"}""";
    private static final String SEND_CODE = """
            {"type": "send", "channel": "sms", "template": {"text": "{coupon.code}"}}""";
    private static final String VIP = """
            {"field": "tier", "op": "eq", "value": "vip"}""";
    private static final String END = """
            {"type": "end"}""";

    /// The places of customers who are under way and of their messages.
    @Test
    void keepsThePlacesOfStepsWithoutWays() throws JsonProcessingException {
        var steps = steps("{\"type\": \"wait\", \"for\": \"PT2H\"}", COUPON, SEND);

        assertThat(steps)
                .extracting(step -> (Object) step.getClass())
                .containsExactly(Wait.class, Step.IssueCoupon.class, Send.class);
    }

    @Test
    void laysOutABranchAsItIsWritten() throws JsonProcessingException {
        var steps = steps(branch(SEND, SEND), SEND);

        assertThat(steps).hasSize(5);
        assertThat(steps.getFirst()).isInstanceOfSatisfying(Branch.class, branch -> {
            assertThat(branch.cases())
                    .singleElement()
                    .satisfies(one -> assertThat(one.to()).isEqualTo(1));
            assertThat(branch.otherwise()).isEqualTo(3);
        });
        assertThat(steps.get(2)).isEqualTo(new Jump(4));
    }

    @Test
    void leadsPastABranchWithoutElse() throws JsonProcessingException {
        var steps = steps("{\"type\": \"branch\", \"if\": %s, \"then\": [%s]}".formatted(VIP, SEND), SEND);

        assertThat(((Branch) steps.getFirst()).otherwise()).isEqualTo(3);
        assertThat(steps.get(2)).isEqualTo(new Jump(3));
    }

    @Test
    void laysOutArmsAndWaysOfAWait() throws JsonProcessingException {
        var steps = steps(
                "{\"type\": \"split\", \"name\": \"s\", \"arms\": [%s, %s]}"
                        .formatted(arm("a", 1, SEND), arm("b", 3, "")),
                """
                {"type": "wait", "forEvent": {"type": "order", "categories": ["湿巾"]}, "timeout": "P3D",
                 "then": [%s], "else": [%s]}""".formatted(SEND, SEND));

        assertThat(steps.getFirst())
                .isEqualTo(new Split("s", List.of(new Split.Arm("a", 1, 1), new Split.Arm("b", 3, 3))));
        assertThat(steps.get(3))
                .isEqualTo(new WaitFor(
                        new Happening("order", null, List.of(), List.of("湿巾"), true), Duration.ofDays(3), 6));
        assertThat(steps.get(5)).isEqualTo(new Jump(7));
    }

    @Test
    void readsTheExampleThatPeopleBeginWith() throws JsonProcessingException {
        var faults = new Faults();

        new DefinitionReader(faults, coupon -> false).read(new JsonMapper().readTree(JourneyExample.TEXT));

        assertThat(told(faults)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"branch\", \"then\": [SEND]} | steps[0].if: is required",
                "{\"type\": \"branch\", \"if\": VIP, \"than\": [SEND]} | steps[0].than: unknown field; known are type, if, then, else",
                "{\"type\": \"branch\", \"cases\": [], \"else\": [SEND]} | steps[0].cases: must hold 1 to 10 cases",
                "{\"type\": \"branch\", \"cases\": [{\"if\": {\"field\": \"teir\"}}]} | steps[0].cases[0].if.field: unknown \"teir\"",
                "{\"type\": \"branch\", \"if\": VIP, \"then\": [{\"type\": \"send\"}]} | steps[0].then[0].channel: is required",
                "{\"type\": \"split\", \"name\": \"s\", \"arms\": [A]} | steps[0].arms: must hold 2 to 10 arms",
                "{\"type\": \"split\", \"name\": \"s\", \"arms\": [A, A]} | steps[0].arms[1].name: another arm is named a",
                "{\"type\": \"split\", \"name\": \"s\", \"arms\": [A, {\"name\": \"b\", \"weight\": 0}]} | steps[0].arms[1].weight: must be a whole number, 1 to 10000",
                "{\"type\": \"wait\", \"forEvent\": {\"type\": \"order\"}} | steps[0].timeout: is required",
                "{\"type\": \"wait\", \"forEvent\": {\"type\": \"rain\"}, \"timeout\": \"P1D\"} | steps[0].forEvent.type: unknown \"rain\"; known are order, message-opened, message-clicked, event,",
                "{\"type\": \"wait\", \"forEvent\": {\"type\": \"event\"}, \"timeout\": \"P1D\"} | steps[0].forEvent.name: is required",
                "{\"type\": \"wait\", \"forEvent\": {\"type\": \"interaction\", \"name\": \"x\"}, \"timeout\": \"P1D\"} | steps[0].forEvent.kind: is required",
                "{\"type\": \"wait\", \"forEvent\": {\"type\": \"message-opened\", \"products\": [\"x\"]}, \"timeout\": \"P1D\"} | steps[0].forEvent.products: unknown field",
                "{\"type\": \"wait\", \"for\": \"P1D\", \"until\": \"10:00\"} | steps[0].for: goes without until",
                "{\"type\": \"wait\", \"until\": \"soon\"} | steps[0].until: must be a time of day such as 10:00, or an instant",
                "{\"type\": \"wait\", \"until\": \"25:00\"} | steps[0].until: must be a time of day such as 22:00",
                "{\"type\": \"wait\", \"until\": \"10:00\", \"weekdays\": [\"monday\"]} | steps[0].weekdays: unknown \"monday\"; known are mon,",
                "{\"type\": \"tag\"} | steps[0]: must add or remove 1 to 20 tags",
                "{\"type\": \"tag\", \"add\": [\"a\"], \"remove\": [\"a\"]} | steps[0].remove: must not name a tag that is added",
                "{\"type\": \"webhook\", \"webhook\": \"whk_2\"} | steps[0].webhook: no webhook whk_2",
                "{\"type\": \"webhook\", \"webhook\": \"whk_1\", \"event\": \"VIP!\"} | steps[0].event: must be words",
                "{\"type\": \"callback-task\"} | steps[0].title: is required",
                "{\"type\": \"goto\", \"step\": 1} | steps[0].type: unknown \"goto\"; known are wait,",
            })
    void namesTheFaultAndItsPlace(String step, String fault) throws JsonProcessingException {
        var json = step.replace("SEND", SEND)
                .replace(": VIP", ": " + VIP)
                .replace("A]", arm("a", 1, "") + "]")
                .replace("[A", "[" + arm("a", 1, ""));

        assertThat(faults(json, SEND)).anySatisfy(found -> assertThat(found).startsWith(fault));
    }

    @Test
    void namesAllFaultsAtOnce() throws JsonProcessingException {
        assertThat(faults(branch("{\"type\": \"send\"}", "{\"type\": \"jump\"}"), SEND_CODE, "{\"type\": \"wait\"}"))
                .hasSize(5);
    }

    @Test
    void knowsACouponThatEveryWayIssues() throws JsonProcessingException {
        assertThat(faults(branch(COUPON, COUPON), SEND_CODE)).isEmpty();
        assertThat(faults(branch(COUPON + "," + SEND_CODE, END), SEND_CODE)).isEmpty();
    }

    @Test
    void knowsNoCouponThatOneWayDoesNotIssue() throws JsonProcessingException {
        assertThat(faults(branch(COUPON, SEND_CODE), SEND_CODE))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault).contains("no issue-coupon step comes before"))
                .anySatisfy(fault -> assertThat(fault).startsWith("steps[0].else[0].template.text"));
    }

    @Test
    void refusesWhatNoWayLeadsTo() throws JsonProcessingException {
        assertThat(faults(branch(END, END), SEND))
                .containsExactly("steps[1]: is never reached: every way to it ends before");
    }

    @Test
    void refusesWaysThatAreTooDeep() throws JsonProcessingException {
        var deep = SEND;
        for (int i = 0; i < 4; i++) {
            deep = branch(deep, SEND);
        }
        assertThat(faults(deep)).isEmpty();

        assertThat(faults(branch(deep, SEND)))
                .containsExactly(
                        "steps[0].then[0].then[0].then[0].then[0].then: steps lie at most 5 deep",
                        "steps[0].then[0].then[0].then[0].then[0].else: steps lie at most 5 deep");
    }

    @Test
    void countsTheStepsWithinOthers() throws JsonProcessingException {
        var ten = IntStream.range(0, 10).mapToObj(i -> SEND).collect(Collectors.joining(","));
        var twentyOne = branch(ten, ten);
        assertThat(faults(twentyOne, twentyOne)).isEmpty();

        assertThat(faults(twentyOne, twentyOne, ten))
                .containsExactly("steps: must hold 1 to 50 steps, those within others among them");
    }

    @Test
    void wantsAStepThatDoesSomething() throws JsonProcessingException {
        assertThat(faults("{\"type\": \"wait\", \"for\": \"P1D\"}"))
                .containsExactly("steps: must hold at least one send, grant-points, tag, webhook or callback-task");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"goal\": {} | goal: must hold exactly one of order, condition",
                "\"goal\": {\"order\": {\"minAmount\": \"-1\"}} | goal.order.minAmount: must be more than nothing",
                "\"goal\": {\"order\": {\"product\": []}} | goal.order.product: unknown field",
                "\"goal\": {\"condition\": {\"field\": \"x\"}} | goal.condition.field: unknown \"x\"",
                "\"exitWhen\": {\"field\": \"x\"} | exitWhen.field: unknown \"x\"",
            })
    void namesWhatIsWrongWithAnEnd(String ending, String fault) throws JsonProcessingException {
        var faults = new Faults();
        new EndingReader(faults).read(Fields.of("", new JsonMapper().readTree("{" + ending + "}"), faults));

        assertThat(told(faults)).anySatisfy(found -> assertThat(found).startsWith(fault));
    }

    private static String branch(String then, String otherwise) {
        return "{\"type\": \"branch\", \"if\": %s, \"then\": [%s], \"else\": [%s]}".formatted(VIP, then, otherwise);
    }

    private static String arm(String name, int weight, String steps) {
        return "{\"name\": \"%s\", \"weight\": %d, \"steps\": [%s]}".formatted(name, weight, steps);
    }

    private static List<Step> steps(String... steps) throws JsonProcessingException {
        var faults = new Faults();
        var definition = read(faults, steps);
        assertThat(told(faults)).isEmpty();
        return definition.steps();
    }

    private static List<String> faults(String... steps) throws JsonProcessingException {
        var faults = new Faults();
        read(faults, steps);
        return told(faults);
    }

    private static Definition read(Faults faults, String... steps) throws JsonProcessingException {
        var json = "{\"name\": \"n\", \"trigger\": {\"type\": \"broadcast\"}, \"steps\": [%s]}"
                .formatted(String.join(",", steps));
        return new DefinitionReader(faults, coupon -> coupon == 1, webhook -> webhook == 1)
                .read(new JsonMapper().readTree(json));
    }

    private static List<String> told(Faults faults) {
        return faults.violations().stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .toList();
    }
}
