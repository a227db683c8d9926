package io.regulars.scoring.group;

import java.util.List;

import io.regulars.scoring.Words;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Windows;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Puts a customer who ever bought into one of the eight groups. The key is written R F M, 1 for good.
public final class Groups {

    /// From the best to the worst.
    public static final List<String> KEYS = List.of("111", "101", "011", "001", "110", "100", "010", "000");

    private final GroupRules rules;
    private final CutPoints cutPoints;

    /// @param cutPoints null while the shop has none: then nobody has a group
    public Groups(GroupRules rules, CutPoints cutPoints) {
        this.rules = rules;
        this.cutPoints = cutPoints;
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
    public String key(Rfm rfm) {
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
        if (known == 0 || cutPoints == null) {
            return NEVER;
        }
        var recencyTurns = history.days()[known - 1] + (int) Math.min(NEVER / 4, Math.ceil(cutPoints.recencyDays()));
        return Math.min(recencyTurns > today ? recencyTurns : NEVER, Windows.nextLeave(history, rules.window(), today));
    }

    public Words reason(String key) {
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
