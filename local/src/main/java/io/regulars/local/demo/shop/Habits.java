package io.regulars.local.demo.shop;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// How a customer buys; the shop never sees it, only what comes of it.
///
/// @param dailyRate purchases a day while the customer is with the shop (gamma over customers)
/// @param dropout the chance to leave for good after each repeat purchase (beta over customers)
/// @param spend how much fuller than others this customer's baskets are
/// @param staples what the household buys again and again, the foremost first
/// @param babyBorn null in a household without a baby
record Habits(double dailyRate, double dropout, double spend, List<String> staples, LocalDate babyBorn) {

    /// The population's rate and dropout, per week as in Fader, Hardie and Lee (2005): regulars are common in
    /// consumables.
    private static final double R = 0.5;

    private static final double ALPHA = 4.2;
    private static final double A = 0.8;
    private static final double B = 3.2;

    private static final Weighted<String> BABY_STAPLES = Weighted.words(
            "BW-080 30 DIAPER 40 FORMULA 24 BW-HM 8 BW-400 6 SH-400 6 LO-200 6 CR-050 6 RC-225 7 LD-3 8 FT-18 6 BC-500 5");
    private static final Weighted<String> HOUSE_STAPLES = Weighted.words(
            "LD-3 18 LB-30 12 DW-15 12 GB-100 10 TP-24 16 FT-18 20 KT-4 8 WF-180 12 BW-080 8 DI-160 5 TB-75 5");

    /// From which month of age on.
    private static final NavigableMap<Long, String> DIAPERS =
            new TreeMap<>(Map.of(0L, "DP-S", 4L, "DP-M", 10L, "DP-L", 18L, "DP-XL", 34L, "BW-400"));

    private static final NavigableMap<Long, String> FORMULAS =
            new TreeMap<>(Map.of(0L, "MF-1", 6L, "MF-2", 12L, "MF-3", 30L, "SN-001"));

    static Habits draw(Draws draws, LocalDate joined) {
        var baby = draws.chance(0.62);
        return new Habits(
                draws.gamma(R, ALPHA) / 7,
                draws.beta(A, B),
                draws.gamma(3, 3),
                staples(draws, baby ? BABY_STAPLES : HOUSE_STAPLES),
                baby ? joined.minusDays((long) draws.between(-30, 540)) : null);
    }

    private static List<String> staples(Draws draws, Weighted<String> from) {
        var staples = new ArrayList<String>();
        var wanted = 1 + draws.below(3);
        while (staples.size() < wanted) {
            var staple = from.draw(draws);
            if (!staples.contains(staple)) {
                staples.add(staple);
            }
        }
        return List.copyOf(staples);
    }

    /// The product that a staple means on a day: diapers and formula grow with the baby until it has outgrown them.
    Product staple(String staple, LocalDate day) {
        return switch (staple) {
            case "DIAPER" -> Catalogue.get(byAge(day, DIAPERS));
            case "FORMULA" -> Catalogue.get(byAge(day, FORMULAS));
            default -> Catalogue.get(staple);
        };
    }

    private String byAge(LocalDate day, NavigableMap<Long, String> fromMonths) {
        var months = Math.max(0, ChronoUnit.MONTHS.between(babyBorn, day));
        return fromMonths.floorEntry(months).getValue();
    }
}
