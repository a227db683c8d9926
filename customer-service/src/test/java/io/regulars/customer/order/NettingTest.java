package io.regulars.customer.order;

import java.util.List;
import java.util.Set;

import io.regulars.events.OrderChanged.Status;
import org.junit.jupiter.api.Test;

import static io.regulars.customer.order.Documents.giveBack;
import static io.regulars.customer.order.Documents.line;
import static io.regulars.customer.order.Documents.order;
import static org.assertj.core.api.Assertions.assertThat;

class NettingTest {

    @Test
    void aWholeReturnLeavesNothing() {
        var netted = net(List.of(order("o1", 1, line("A", 10, 1000))), List.of(giveBack("r1", 1, "A", 10, 1000)));

        assertThat(netted.orders().getFirst().status()).isEqualTo(Status.REFUNDED);
        assertThat(netted.orders().getFirst().keptAmount()).isZero();
        assertThat(netted.returns().getFirst().unmatchedAmount()).isZero();
    }

    @Test
    void theLatestEarlierOrderOfTheProductBearsItFirst() {
        var netted = net(
                List.of(
                        order("o1", 1, line("A", 2, 200)),
                        order("o2", 3, line("A", 2, 220), line("B", 1, 500)),
                        order("o3", 9, line("A", 5, 600))),
                List.of(giveBack("r1", 5, "A", 3, 320)));

        assertThat(kept(netted, "o3")).isEqualTo(600);
        assertThat(kept(netted, "o2")).isEqualTo(720 - 213);
        assertThat(kept(netted, "o1")).isEqualTo(200 - 107);
        assertThat(netted.orders())
                .filteredOn(order -> order.externalId().equals("o2"))
                .first()
                .satisfies(order ->
                        assertThat(order.lines().getFirst().keptQuantity()).isZero())
                .satisfies(order -> assertThat(order.status()).isEqualTo(Status.PART_REFUNDED));
    }

    @Test
    void whatNoLineOfTheProductCanBearIsBorneByAmount() {
        var netted = net(
                List.of(order("o1", 1, line("A", 1, 100)), order("o2", 2, line("B", 1, 300), line("C", 1, 100))),
                List.of(giveBack("discount", 5, "D", 1, 450)));

        assertThat(kept(netted, "o2")).isZero();
        assertThat(kept(netted, "o1")).isEqualTo(50);
    }

    @Test
    void whatNothingCanBearIsShownAsUnmatched() {
        var netted = net(List.of(order("o1", 7, line("A", 1, 100))), List.of(giveBack("r1", 5, "A", 1, 100)));

        assertThat(kept(netted, "o1")).isEqualTo(100);
        assertThat(netted.returns().getFirst().unmatchedAmount()).isEqualTo(100);
    }

    @Test
    void aReturnOfWhatIsNoProductTouchesNoProduct() {
        var orders = List.of(order("o1", 1, line("A", 1, 100), line("POST", 1, 18)));

        var netted = Netting.net(orders, List.of(giveBack("r1", 5, "POST", 1, 40)), Set.of("POST"));

        assertThat(netted.orders().getFirst().lines())
                .extracting(OrderLine::keptAmount)
                .containsExactly(100L, 0L);
        assertThat(netted.returns().getFirst().unmatchedAmount()).isEqualTo(22);
    }

    @Test
    void cancelledAndUnpaidOrdersBearNothing() {
        var netted = net(
                List.of(
                        order("o1", 1, line("A", 1, 100)),
                        order("o2", 2, Status.CANCELLED, line("A", 1, 100)),
                        order("o3", 3, Status.CREATED, line("A", 1, 100))),
                List.of(giveBack("r1", 5, "A", 1, 100)));

        assertThat(kept(netted, "o1")).isZero();
        assertThat(kept(netted, "o3")).isEqualTo(100);
    }

    private static Netting.Result net(List<CustomerOrder> orders, List<OrderReturn> returns) {
        return Netting.net(orders, returns, Set.of());
    }

    private static long kept(Netting.Result netted, String id) {
        return netted.orders().stream()
                .filter(order -> order.externalId().equals(id))
                .findFirst()
                .orElseThrow()
                .keptAmount();
    }
}
