package io.regulars.scoring.group;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.regulars.scoring.Words;
import io.regulars.scoring.dimension.Facts;
import io.regulars.scoring.dimension.Limits;
import io.regulars.scoring.dimension.Recency;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Windows;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Puts a customer who ever bought into one of the eight groups, whose key is written R F M, 1 for good; or, where
/// the shop splits by quintiles, into one of the ten segments.
public final class Groups {

    /// From the best to the worst.
    public static final List<String> KEYS = List.of("111", "101", "011", "001", "110", "100", "010", "000");

    /// The eight groups and the ten segments.
    public static final List<String> EVERY_KEY =
            Stream.concat(KEYS.stream(), Segments.KEYS.stream()).toList();

    private final GroupRules rules;
    private final CutPoints cutPoints;
    private final Quintiles quintiles;

    /// @param cutPoints null while the shop has none: then nobody has a group
    public Groups(GroupRules rules, CutPoints cutPoints) {
        this(rules, cutPoints, Map.of());
    }

    /// @param learned thresholds by their names, for a split into quintiles
    public Groups(GroupRules rules, CutPoints cutPoints, Map<String, Limits> learned) {
        this.rules = rules;
        this.cutPoints = cutPoints;
        quintiles = rules.split() == GroupRules.Split.quintiles ? Quintiles.of(learned) : null;
    }

    static Words shippedLabel(String key) {
        return switch (key) {
            case "111" -> Words.of("重要价值", "Important value");
            case "101" -> Words.of("重要发展", "Important development");
            case "011" -> Words.of("重要保持", "Important keep");
            case "001" -> Words.of("重要挽留", "Important win-back");
            case "110" -> Words.of("一般价值", "General value");
            case "100" -> Words.of("一般发展", "General development");
            case "010" -> Words.of("一般保持", "General keep");
            case "000" -> Words.of("一般挽留", "General win-back");
            default -> throw new IllegalArgumentException("no group " + key);
        };
    }

    public CutPoints cutPoints() {
        return cutPoints;
    }

    public List<String> keys() {
        return rules.keys();
    }

    public Words label(String key) {
        return rules.label(key);
    }

    /// What the group is judged by, null for who never bought by that day.
    public static Rfm measure(PurchaseHistory history, GroupRules rules, int today) {
        var known = history.known(today);
        if (known == 0) {
            return null;
        }
        var kept = Windows.kept(history, rules.window(), today);
        return new Rfm(today - history.days()[known - 1], kept.orders(), kept.amount());
    }

    public record Rfm(int recencyDays, long frequency, long monetary) {}

    /// Null for who never bought, and while there are no cut-points.
    public String key(Rfm rfm, long customer) {
        if (rules.split() != GroupRules.Split.quintiles) {
            return key(rfm);
        }
        var scores = scores(rfm, customer);
        return scores == null ? null : Segments.key(scores.recency(), scores.frequency());
    }

    /// Null for who never bought, and unless the shop splits by quintiles and has them.
    public Quintiles.Scores scores(Rfm rfm, long customer) {
        return rfm == null || quintiles == null ? null : quintiles.scores(rfm, customer);
    }

    String key(Rfm rfm) {
        if (rfm == null || cutPoints == null) {
            return null;
        }
        return bit(rfm.recencyDays() < cutPoints.recencyDays())
                + bit(rfm.frequency() > cutPoints.frequency())
                + bit(rfm.monetary() > cutPoints.monetary());
    }

    private static String bit(boolean good) {
        return good ? "1" : "0";
    }

    /// The first later day on which time alone can move the customer to another group, or never.
    public int changesOn(PurchaseHistory history, int today) {
        var known = history.known(today);
        if (quintiles != null) {
            var facts = new Facts(history);
            var turns = new Recency(1, quintiles.recency(), 0).changesOn(facts, today);
            return Math.min(turns, facts.changesOn(rules.window(), today));
        }
        if (known == 0 || cutPoints == null) {
            return NEVER;
        }
        var recencyTurns = history.days()[known - 1] + (int) Math.min(NEVER / 4, Math.ceil(cutPoints.recencyDays()));
        return Math.min(recencyTurns > today ? recencyTurns : NEVER, Windows.nextLeave(history, rules.window(), today));
    }

    /// @param scores null where the shop does not split by quintiles
    public Words reason(String key, Quintiles.Scores scores) {
        if (scores != null) {
            return Words.of(
                    "全店五分位：最近购买 %d 分，次数 %d 分，金额 %d 分"
                            .formatted(scores.recency(), scores.frequency(), scores.monetary()),
                    "By the shop's quintiles: recency %d, frequency %d, monetary value %d of 5"
                            .formatted(scores.recency(), scores.frequency(), scores.monetary()));
        }
        return Words.of(
                "最近购买" + (key.charAt(0) == '1' ? "近" : "远") + "于" + "全店基准，次数" + side(key, 1) + "、金额" + side(key, 2)
                        + "于基准",
                "Last order " + (key.charAt(0) == '1' ? "more recent" : "less recent")
                        + " than the shop's cut-point, orders " + sideEn(key, 1) + ", amount " + sideEn(key, 2));
    }

    private static String side(String key, int at) {
        return key.charAt(at) == '1' ? "高" : "不高";
    }

    private static String sideEn(String key, int at) {
        return key.charAt(at) == '1' ? "above" : "not above";
    }
}
