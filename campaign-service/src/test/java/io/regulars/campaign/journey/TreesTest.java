package io.regulars.campaign.journey;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Standing;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.DefinitionReader;
import io.regulars.campaign.campaign.KnownAnswers;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.campaign.reading.Faults;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The flat list leads customers the way that the tree shows which people wrote: random trees, walked by the
/// service and read from top to bottom by the test.
class TreesTest {

    private static final int TREES = Integer.getInteger("simulator.seeds", 300);
    private static final int CUSTOMERS = 3;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Shop SHOP = new Shop(1, "s", ZoneOffset.UTC, "CNY", "zh-CN");

    private final List<String> texts = new ArrayList<>();

    @Test
    void leadThroughTheStepsThatTheTreeShows() throws JsonProcessingException {
        for (long seed = 0; seed < TREES; seed++) {
            var tree = new Tree(new Random(seed));
            var json = "{\"name\": \"n\", \"trigger\": {\"type\": \"broadcast\"}, \"steps\": %s}".formatted(tree.steps);
            var faults = new Faults();
            var definition = new DefinitionReader(faults, coupon -> true).read(JSON.readTree(json));
            assertThat(faults.violations()).as("seed %d: %s", seed, json).isEmpty();
            var plan = new Plan(1, 1, 1, "n", "active", "salt", BEGIN, definition);
            for (long customer = 1; customer <= CUSTOMERS; customer++) {
                texts.clear();
                read(tree.steps, customer, plan);

                assertThat(walked(plan, customer))
                        .as("seed %d, customer %d: %s", seed, customer, json)
                        .isEqualTo(texts);
            }
        }
    }

    private static List<String> walked(Plan plan, long id) {
        var customer = customer(id);
        Answers answers = KnownAnswers.of(List.of(plan), List.of(customer), SHOP, settings());
        var journeys = new JourneysInMemory(true, TreesTest::holds);
        journeys.enrol(plan, customer.key(), "broadcast", BEGIN);
        List<String> sent = new ArrayList<>();
        for (var now = BEGIN; now.isBefore(Instant.MAX); now = journeys.nextDue()) {
            journeys.advance(answers, now)
                    .forEach(draft ->
                            sent.add(((Step.Send) plan.definition().steps().get(draft.step()))
                                    .template()
                                    .text()));
            if (happens(id)) {
                journeys.happens(customer.key(), now);
            }
        }
        assertThat(journeys.all()).extracting(JourneysInMemory.Seen::state).containsExactly("finished");
        return sent;
    }

    /// @return whether the journey goes on behind
    private boolean read(JsonNode steps, long customer, Plan plan) {
        for (JsonNode step : steps) {
            boolean on = switch (step.get("type").asText()) {
                case "send" -> texts.add(step.at("/template/text").asText());
                case "branch" -> read(step.get(branches(step, customer) ? "then" : "else"), customer, plan);
                case "split" -> read(arm(step, customer, plan), customer, plan);
                case "wait" ->
                    !step.has("forEvent") || read(step.get(happens(customer) ? "then" : "else"), customer, plan);
                case "end" -> false;
                default -> throw new AssertionError(step);
            };
            if (!on) {
                return false;
            }
        }
        return true;
    }

    private static boolean branches(JsonNode step, long customer) {
        return customer % step.at("/if/value").asLong() == 0;
    }

    private static boolean holds(Condition condition, long customer) {
        return condition instanceof Condition.Leaf leaf
                && customer % (Long) leaf.values().getFirst() == 0;
    }

    private static boolean happens(long customer) {
        return customer % 2 == 0;
    }

    private static JsonNode arm(JsonNode step, long customer, Plan plan) {
        List<Step.Split.Arm> arms = new ArrayList<>();
        step.get("arms")
                .forEach(arm -> arms.add(new Step.Split.Arm(
                        arm.get("name").asText(), arm.get("weight").asInt(), 0)));
        var chosen = Arms.of(new Step.Split(step.get("name").asText(), arms), plan.salt(), customer);
        for (JsonNode arm : step.get("arms")) {
            if (arm.get("name").asText().equals(chosen.name())) {
                return arm.get("steps");
            }
        }
        throw new AssertionError(chosen);
    }

    private static Customer customer(long id) {
        var standing = new Standing("new", 0, null, -1, 1, null, 0, "new", 1, List.of());
        return new Customer(
                1, id, true, "u" + id, null, null, "1", "a@b.c", true, true, true, "t", false, null, standing, null);
    }

    private static Settings settings() {
        return new Settings(null, List.of(), java.math.BigDecimal.ZERO);
    }

    /// Steps made from chance, at most fifty of them.
    private static final class Tree {

        private final Random chance;
        private final ArrayNode steps;
        private int count;

        Tree(Random chance) {
            this.chance = chance;
            this.steps = way(1);
            send(steps.insertObject(0));
        }

        private ArrayNode way(int depth) {
            ArrayNode way = JSON.createArrayNode();
            int many = chance.nextInt(4);
            for (int i = 0; i < many && count < 40; i++) {
                count++;
                if (!step(way.addObject(), depth)) {
                    break;
                }
            }
            return way;
        }

        /// @return whether another step may follow
        private boolean step(ObjectNode step, int depth) {
            int kind = chance.nextInt(depth < 5 ? 7 : 4);
            switch (kind) {
                case 0, 1 -> send(step);
                case 2 ->
                    step.put("type", "wait")
                            .put("for", Duration.ofHours(1 + chance.nextInt(40)).toString());
                case 3 -> step.put("type", "wait").put("until", "10:00");
                case 4 -> {
                    step.put("type", "branch");
                    step.putObject("if")
                            .put("field", "frequency")
                            .put("op", "eq")
                            .put("value", 1 + chance.nextInt(3));
                    step.set("then", way(depth + 1));
                    step.set("else", ended(way(depth + 1)));
                }
                case 5 -> {
                    step.put("type", "split").put("name", "s" + count);
                    ArrayNode arms = step.putArray("arms");
                    for (int i = 0; i < 2 + chance.nextInt(2); i++) {
                        arms.addObject()
                                .put("name", "a" + i)
                                .put("weight", 1 + chance.nextInt(5))
                                .set("steps", way(depth + 1));
                    }
                }
                default -> {
                    step.put("type", "wait").put("timeout", "P2D");
                    step.putObject("forEvent").put("type", "order");
                    step.set("then", ended(way(depth + 1)));
                    step.set("else", way(depth + 1));
                }
            }
            return true;
        }

        /// One way of each step goes on, so that what follows is reached.
        private ArrayNode ended(ArrayNode way) {
            if (chance.nextInt(3) == 0) {
                count++;
                way.addObject().put("type", "end");
            }
            return way;
        }

        private void send(ObjectNode step) {
            step.put("type", "send").put("channel", "sms");
            step.putObject("template").put("text", "text " + chance.nextInt());
        }
    }
}
