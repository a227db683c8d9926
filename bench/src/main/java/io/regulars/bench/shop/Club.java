package io.regulars.bench.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Customers as campaigns know them. What people filter by is skewed, as it is: some values pick half of the shop,
/// some one customer in hundreds.
///
/// @param until the instant before which all of it happened
public record Club(long seed, long customers, Instant until) implements Iterable<Member> {

    private static final List<String> STAGES =
            List.of("new", "growing", "mature", "declining", "sleeping", "lost", "prospect");
    private static final List<String> GROUPS = List.of("111", "101", "011", "001", "110", "100", "010", "000");
    private static final int REGIONS = 30;
    private static final int CITIES = 10;
    private static final int TAGS = 100;
    private static final int MOST_BOUGHT = 6;

    @Override
    public Iterator<Member> iterator() {
        var baskets = new Baskets(seed);
        return LongStream.rangeClosed(1, customers)
                .mapToObj(number -> member(number, baskets))
                .iterator();
    }

    private Member member(long number, Baskets baskets) {
        var random = Baskets.random(seed, number);
        var region = skewed(random, REGIONS);
        var bought = Stream.generate(
                        () -> new Member.Bought(baskets.draw(random).getFirst().product(), ago(random, 730)))
                .limit(1 + random.nextInt(MOST_BOUGHT))
                .toList();
        var last =
                bought.stream().map(Member.Bought::at).max(Instant::compareTo).orElseThrow();
        return new Member(
                number,
                random.nextInt(10) < 6 ? "female" : "male",
                LocalDate.of(1950 + random.nextInt(55), 1 + random.nextInt(12), 1 + random.nextInt(28)),
                "Region " + region,
                "City " + region + "-" + random.nextInt(CITIES),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> "tag-" + skewed(random, TAGS))
                        .distinct()
                        .toList(),
                ago(random, 1_500),
                answer(random, 7),
                answer(random, 5),
                bought.size(),
                Math.round(20_000 * Math.exp(1.2 * random.nextGaussian())),
                LocalDate.ofInstant(last, ZoneOffset.UTC),
                Member.TIERS.get(skewed(random, Member.TIERS.size())),
                GROUPS.get(random.nextInt(GROUPS.size())),
                STAGES.get(skewed(random, STAGES.size())),
                bought);
    }

    private Instant ago(RandomGenerator random, int days) {
        return until.minusSeconds(1 + random.nextLong(Duration.ofDays(days).toSeconds()));
    }

    /// The first ones often, the last ones seldom.
    private static int skewed(RandomGenerator random, int bound) {
        var draw = random.nextDouble();
        return (int) (draw * draw * draw * bound);
    }

    /// Yes for so many in ten, no for two, and no answer of the rest.
    private static Boolean answer(RandomGenerator random, int yesInTen) {
        var draw = random.nextInt(10);
        return draw < yesInTen ? Boolean.TRUE : draw < yesInTen + 2 ? Boolean.FALSE : null;
    }
}
