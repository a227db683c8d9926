package io.regulars.campaign.audience;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.regulars.kit.id.PublicId;

/// Draws conditions as people would write them, about customers as [RandomPeople] draws them.
final class RandomConditions {

    static final LocalDate TODAY = LocalDate.of(2027, 2, 20);
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> WITHIN = List.of("P1D", "P7D", "P30D", "P90D", "PT36H", "P365D");

    private final Random random;

    RandomConditions(Random random) {
        this.random = random;
    }

    ObjectNode tree(int depth) {
        int draw = depth == 0 ? 9 : random.nextInt(10);
        if (draw < 2) {
            return group("all", depth);
        }
        if (draw < 4) {
            return group("any", depth);
        }
        if (draw < 5) {
            ObjectNode not = JSON.createObjectNode();
            not.set("not", tree(depth - 1));
            return not;
        }
        Field field = one(List.of(Field.values()));
        return leaf(field, one(List.copyOf(field.ops())));
    }

    private ObjectNode group(String kind, int depth) {
        ObjectNode group = JSON.createObjectNode();
        ArrayNode parts = group.putArray(kind);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            parts.add(tree(depth - 1));
        }
        return group;
    }

    ObjectNode leaf(Field field, Op op) {
        ObjectNode leaf = JSON.createObjectNode()
                .put("field", field == Field.ATTRIBUTE ? "attributes." + one(List.of("size", "pet")) : field.json())
                .put("op", op.json());
        int arity = field.type().arity(op);
        if (arity == 2) {
            ValueNode one = value(field, op);
            ValueNode other = value(field, op);
            boolean swap = one.isTextual() && !one.asText().contains("-") && number(one) > number(other)
                    || one.isTextual()
                            && one.asText().contains("-")
                            && one.asText().compareTo(other.asText()) > 0
                    || one.isNumber() && one.asLong() > other.asLong();
            leaf.putArray("value").add(swap ? other : one).add(swap ? one : other);
        } else if (arity == 1 || arity == -1 && random.nextBoolean()) {
            leaf.set("value", value(field, op));
        } else if (arity == -1) {
            leaf.putArray("value").add(value(field, op)).add(value(field, op));
        }
        if (field.window() == Tally.Window.COMING || field.window() == Tally.Window.PAST && random.nextBoolean()) {
            leaf.put("within", one(WITHIN));
        }
        field.qualifiers().stream()
                .sorted()
                .filter(qualifier -> random.nextInt(3) == 0)
                .forEach(qualifier -> leaf.put(qualifier.json(), qualified(qualifier)));
        return leaf;
    }

    private static double number(ValueNode node) {
        return Double.parseDouble(node.asText());
    }

    private String qualified(Qualifier qualifier) {
        return switch (qualifier) {
            case CHANNEL -> one(List.of("email", "sms", "inbox"));
            case CAMPAIGN -> "cmp_" + (1 + random.nextInt(3));
            case COUPON -> PublicId.format("cpn", one(RandomPeople.COUPONS));
            case PRODUCT -> one(RandomPeople.PRODUCTS);
            case CATEGORY -> one(RandomPeople.CATEGORIES);
            case KIND -> one(RandomPeople.KINDS);
        };
    }

    private ValueNode value(Field field, Op op) {
        var nodes = JSON.getNodeFactory();
        if (op.countsDays() || field.type() == FieldType.AGO) {
            return nodes.numberNode(random.nextInt(op == Op.NEXT_DAYS ? 60 : 120));
        }
        return switch (field.type()) {
            case NUMBER -> nodes.numberNode(random.nextInt(field == Field.BIRTHDAY_MONTH ? 13 : 6));
            case COUNT -> nodes.numberNode(random.nextInt(field == Field.POINTS_EXPIRING ? 200 : 4));
            case BALANCE -> nodes.numberNode(random.nextInt(-20, 300));
            case MONEY, AMOUNT -> nodes.textNode(random.nextInt(300) + ".50");
            case DAY -> nodes.textNode(TODAY.minusDays(random.nextInt(200)).toString());
            case FLAG -> nodes.booleanNode(random.nextBoolean());
            case CONSENT -> nodes.textNode(one(List.of("email", "sms", "inbox")));
            case SEGMENT -> nodes.textNode(one(List.of("seg_1", "seg_2")));
            case ATTRIBUTE ->
                ValueReader.compares(op)
                        ? nodes.textNode(random.nextInt(50) + ".5")
                        : nodes.textNode(one(RandomPeople.ATTRIBUTES));
            default -> text(field);
        };
    }

    private TextNode text(Field field) {
        return TextNode.valueOf(one(
                switch (field) {
                    case BOUGHT, RUNNING_OUT -> RandomPeople.PRODUCTS;
                    case BOUGHT_CATEGORY -> RandomPeople.CATEGORIES;
                    default -> RandomPeople.TEXTS;
                }));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
