package io.regulars.campaign.audience;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

import io.regulars.campaign.audience.Condition.All;
import io.regulars.campaign.audience.Condition.Any;
import io.regulars.campaign.audience.Condition.Leaf;
import io.regulars.campaign.audience.Condition.Not;
import io.regulars.kit.id.PublicId;

/// A condition in plain words, from the same definitions that it is read by.
final class ConditionWords {

    private final boolean chinese;
    private final LongFunction<String> segments;

    private ConditionWords(boolean chinese, LongFunction<String> segments) {
        this.chinese = chinese;
        this.segments = segments;
    }

    /// In both languages.
    ///
    /// @param segments the name of each that it refers to; null where one has none
    static Words of(Condition condition, Map<Long, String> segments) {
        return new Words(
                new ConditionWords(true, segments::get).say(condition),
                new ConditionWords(false, segments::get).say(condition));
    }

    static String english(Condition condition) {
        return new ConditionWords(false, _ -> null).say(condition);
    }

    private String say(Condition condition) {
        return switch (condition) {
            case All(var parts) when parts.isEmpty() -> pick("所有顾客", "every customer");
            case Any(var parts) when parts.isEmpty() -> pick("没有顾客", "nobody");
            case All(var parts) -> joined(parts, pick("，且", ", and "));
            case Any(var parts) -> joined(parts, pick("，或", ", or "));
            case Not(var part) -> pick("不符合（", "not (") + say(part) + pick("）", ")");
            case Leaf leaf -> leaf(leaf);
        };
    }

    private String joined(List<Condition> parts, String word) {
        return parts.stream()
                .map(part -> part instanceof All || part instanceof Any
                        ? pick("（", "(") + say(part) + pick("）", ")")
                        : say(part))
                .collect(Collectors.joining(word));
    }

    private String leaf(Leaf leaf) {
        String name = pick(leaf.field().words()) + (leaf.key() == null ? "" : " " + leaf.key());
        return switch (leaf.field().type()) {
            case COUNT, AMOUNT -> counted(leaf, name);
            case PURCHASE -> purchase(leaf, name);
            case FLAG ->
                Boolean.TRUE.equals(leaf.values().getFirst())
                        ? pick("有", "there is a ") + name
                        : pick("没有", "there is no ") + name;
            case CONSENT ->
                pick(leaf.op() == Op.HAS ? "" : "未", leaf.op() == Op.HAS ? "" : "no ")
                        + name
                        + pick(" ", " for ")
                        + values(leaf, pick("、", " and "));
            case SEGMENT ->
                pick(leaf.op() == Op.HAS ? "在" : "不在", leaf.op() == Op.HAS ? "in the " : "not in the ") + name + " "
                        + segments(leaf);
            default -> name + " " + compared(leaf);
        };
    }

    private String purchase(Leaf leaf, String name) {
        String not = leaf.op() == Op.HAS_NOT ? pick("没有", "not ") : "";
        String goods = values(leaf, leaf.op() == Op.HAS_ALL ? pick(" 和 ", " and ") : pick(" 或 ", " or "));
        return chinese ? time(leaf) + not + name + " " + goods : not + name + " " + goods + time(leaf);
    }

    private String counted(Leaf leaf, String name) {
        String only = leaf.only().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> pick(one.getKey().words()) + " " + named(one.getKey(), one.getValue()))
                .collect(Collectors.joining(pick("，", ", ")));
        String what = name + (only.isEmpty() ? "" : pick("（", " (") + only + pick("）", ")"));
        String count = switch (leaf.op()) {
            case HAS -> pick("有", "some ");
            case HAS_NOT -> pick("没有", "no ");
            default -> null;
        };
        if (chinese) {
            return time(leaf) + (count == null ? what + compared(leaf) : count + what);
        }
        return count == null ? what + time(leaf) + " " + compared(leaf) : count + what + time(leaf);
    }

    private String compared(Leaf leaf) {
        String list = values(leaf, leaf.op() == Op.BETWEEN ? pick(" 和 ", " and ") : pick("、", ", "));
        return pick(leaf.op().words()).formatted(list);
    }

    private static String values(Leaf leaf, String comma) {
        return leaf.values().stream().map(String::valueOf).collect(Collectors.joining(comma));
    }

    private static String named(Qualifier qualifier, List<Object> values) {
        String prefix = qualifier.idPrefix();
        return values.stream()
                .map(value -> prefix == null ? String.valueOf(value) : PublicId.format(prefix, (Long) value))
                .collect(Collectors.joining(" / "));
    }

    private String segments(Leaf leaf) {
        return leaf.values().stream()
                .map(Long.class::cast)
                .map(id -> segments.apply(id) == null ? PublicId.format(Segments.ID, id) : segments.apply(id))
                .collect(Collectors.joining(" / "));
    }

    private String time(Leaf leaf) {
        if (leaf.within() == null) {
            return "";
        }
        boolean coming = leaf.field().window() == Tally.Window.COMING;
        Duration within = leaf.within();
        boolean days = within.toSeconds() % Duration.ofDays(1).toSeconds() == 0;
        String length = days
                ? within.toDays() + pick(" 天", within.toDays() == 1 ? " day" : " days")
                : within.toHours() + pick(" 小时", " hours");
        return chinese
                ? (coming ? "未来 " : "最近 ") + length + "内"
                : (coming ? " in the next " : " in the last ") + length;
    }

    private String pick(Words words) {
        return pick(words.zh(), words.en());
    }

    private String pick(String zh, String en) {
        return chinese ? zh : en;
    }
}
