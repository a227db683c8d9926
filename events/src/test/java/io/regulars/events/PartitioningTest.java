package io.regulars.events;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PartitioningTest {

    @Test
    void spreadsConsecutiveCustomersEvenly() {
        long[] counts = new long[12];

        LongStream.range(0, 12_000).forEach(customer -> counts[Partitioning.spread(1, customer) % 12]++);

        assertThat(LongStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(850L, 1150L));
    }

    @Test
    void neverChangesWhereACustomerLies() {
        assertThat(Partitioning.spread(7, 42)).isEqualTo(Partitioning.spread(7, 42));
        assertThat(new int[] {Partitioning.spread(1, 1), Partitioning.spread(1, 2), Partitioning.spread(2, 1)})
                .containsExactly(151149761, 479680206, 1703865447);
    }
}
