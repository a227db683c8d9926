package io.regulars.faults.day;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Who the customers of the shop are and what they bought before the day: the same from the same seed, so that nothing
/// of it need be remembered.
///
/// @param until when the history ends
record Buyers(long seed, int count, Instant until) {

    /// @param minor the amount, in minor units
    record Bought(String id, String customer, String status, Instant at, Map<String, Object> line, long minor) {

        /// As the API takes it.
        Map<String, Object> json() {
            return Map.of(
                    "externalId",
                    id,
                    "customerId",
                    "ext:" + customer,
                    "status",
                    status,
                    "orderedAt",
                    at.toString(),
                    "updatedAt",
                    at.plus(Duration.ofMinutes(30)).toString(),
                    "lines",
                    List.of(line));
        }
    }

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration QUARTER = Duration.ofDays(90);
    private static final int PROSPECTS_PERCENT = 15;

    List<String> customers() {
        return IntStream.range(0, count).mapToObj(Buyers::customer).toList();
    }

    static String customer(int number) {
        return "u-" + number;
    }

    /// Most bought once or twice, some often; the last time mostly within the last quarter.
    List<Bought> boughtBy(int number) {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        if (random.nextInt(100) < PROSPECTS_PERCENT) {
            return List.of();
        }
        var orders = 1 + (int) Math.min(11, Math.floor(-1.6 * Math.log(1 - random.nextDouble())));
        var last = until.minusSeconds(3_600 + random.nextLong(QUARTER.toSeconds()));
        var bought = new ArrayList<Bought>();
        for (var i = 0; i < orders; i++) {
            var at = i == 0
                    ? last
                    : last.minusSeconds(random.nextLong(YEAR.minus(QUARTER).toSeconds()));
            bought.add(order("H-" + number + "-" + i, customer(number), status(random), at, random));
        }
        return bought;
    }

    /// An order of somebody, of this moment.
    Bought boughtNow(String id, Instant now, SplittableRandom random) {
        return order(id, customer(random.nextInt(count)), "paid", now.minusSeconds(random.nextInt(600)), random);
    }

    private static String status(SplittableRandom random) {
        var dice = random.nextInt(100);
        return dice < 85 ? "completed" : dice < 92 ? "delivered" : dice < 97 ? "cancelled" : "refunded";
    }

    private static Bought order(String id, String customer, String status, Instant at, SplittableRandom random) {
        var quantity = 1 + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> order(id, customer, status, at, "WIPES", 19_90, quantity);
            case 1 -> order(id, customer, status, at, "MILK", 250_00, quantity);
            default -> order(id, customer, status, at, "STROLLER", (300 + random.nextInt(2_500)) * 100L, 1);
        };
    }

    private static Bought order(
            String id, String customer, String status, Instant at, String product, long price, int quantity) {
        var line = Map.<String, Object>of(
                "productCode",
                product,
                "quantity",
                quantity,
                "unitPrice",
                price / 100 + "." + "%02d".formatted(price % 100));
        return new Bought(id, customer, status, at, line, price * quantity);
    }
}
