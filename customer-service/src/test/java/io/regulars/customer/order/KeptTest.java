package io.regulars.customer.order;

import java.util.Arrays;
import java.util.List;

import io.regulars.events.OrderChanged.Status;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static io.regulars.customer.order.Documents.content;
import static io.regulars.customer.order.Documents.line;
import static io.regulars.customer.order.Documents.returning;
import static org.assertj.core.api.Assertions.assertThat;

class KeptTest {

    @Test
    void allIsKeptOfAPaidOrder() {
        assertThat(Kept.of(content("o", Status.PAID, line("A", 2, 995), line("B", 1, 0))))
                .containsExactly(new Share(2, 995), new Share(1, 0));
    }

    @Test
    void nothingIsKeptOfACancelledOrRefundedOne() {
        assertThat(Kept.of(content("o", Status.CANCELLED, line("A", 2, 995)))).containsExactly(Share.NOTHING);
        assertThat(Kept.of(content("o", Status.REFUNDED, line("A", 2, 995)))).containsExactly(Share.NOTHING);
    }

    @Test
    void aReturnedUnitTakesItsPartOfTheLineRoundedHalfUp() {
        assertThat(Kept.of(returning(line("A", 3, 1000), 1, 0))).containsExactly(new Share(2, 667));
    }

    @Test
    void aRefundIncludesTheValueOfTheReturnedUnits() {
        assertThat(Kept.of(returning(line("A", 2, 1000), 1, 500))).containsExactly(new Share(1, 500));
        assertThat(Kept.of(returning(line("A", 2, 1000), 1, 600))).containsExactly(new Share(1, 400));
        assertThat(Kept.of(returning(line("A", 2, 1000), 0, 250))).containsExactly(new Share(2, 750));
    }

    @Test
    void theStatusFollowsWhatIsKept() {
        var order = content("o", Status.COMPLETED, line("A", 2, 1000));

        assertThat(Kept.status(order, List.of(new Share(2, 1000)))).isEqualTo(Status.COMPLETED);
        assertThat(Kept.status(order, List.of(new Share(1, 500)))).isEqualTo(Status.PART_REFUNDED);
        assertThat(Kept.status(order, List.of(new Share(2, 0)))).isEqualTo(Status.REFUNDED);
    }

    @Test
    void aFreeOrderThatIsKeptIsAnOrder() {
        var free = content("o", Status.PAID, line(null, 1, 0));

        assertThat(Kept.status(free, Kept.of(free))).isEqualTo(Status.PAID);
    }

    @Property
    void aSplitIsExactAndFair(
            @ForAll @Size(min = 1, max = 8) List<@LongRange(min = 0, max = 1_000_000_000_000L) Long> weights,
            @ForAll @LongRange(min = 0, max = 1000) long permille) {
        long[] all = weights.stream().mapToLong(Long::longValue).toArray();
        long total =
                weights.stream().mapToLong(weight -> weight / 1000 * permille).sum();

        long[] parts = Share.split(total, all);

        assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
        for (int i = 0; i < parts.length; i++) {
            assertThat(parts[i]).isBetween(0L, all[i]);
        }
    }
}
