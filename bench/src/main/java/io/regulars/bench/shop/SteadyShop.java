package io.regulars.bench.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A shop whose customers all bought equally often, at instants drawn evenly: for benchmarks that count rows.
///
/// @param orders of each customer
public record SteadyShop(long seed, long customers, int orders, Instant from, Instant until)
        implements Iterable<Buyer> {

    @Override
    public Iterator<Buyer> iterator() {
        var baskets = new Baskets(seed);
        return LongStream.rangeClosed(1, customers)
                .mapToObj(number -> buyer(number, baskets))
                .iterator();
    }

    private Buyer buyer(long number, Baskets baskets) {
        var random = Baskets.random(seed, number);
        var seconds = Duration.between(from, until).toSeconds();
        var purchases = Stream.generate(
                        () -> new Purchase(from.plusSeconds(random.nextLong(seconds)), baskets.draw(random)))
                .limit(orders)
                .sorted(java.util.Comparator.comparing(Purchase::at))
                .toList();
        return new Buyer(number, purchases);
    }
}
