package io.regulars.scoring.history;

import java.util.List;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.history.HistoryRows.Difference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PurchaseHistoryTest {

    private final PurchaseHistory history =
            new PurchaseHistory(7, new int[] {10, 20}, new int[] {1, 2}, new long[] {500, 900}, new int[] {0, 1});

    @Test
    void addsToADayAndPutsNewOnesInOrder() {
        var moved = history.moved(List.of(new Difference(7, 20, 1, 100, 1, 0), new Difference(7, 15, 1, 50, 0, 0)));

        assertThat(moved.days()).containsExactly(10, 15, 20);
        assertThat(moved.orders()).containsExactly(1, 1, 3);
        assertThat(moved.amounts()).containsExactly(500, 50, 1_000);
        assertThat(moved.promotions()).containsExactly(0, 0, 2);
    }

    @Test
    void forgetsADayWhoseOrdersAreAllGone() {
        var moved = history.moved(List.of(new Difference(7, 10, -1, -500, 0, 0)));

        assertThat(moved.days()).containsExactly(20);
    }

    @Test
    void doesNotMindInWhichOrderDifferencesCome() {
        var away = new Difference(7, 30, -1, -70, 0, 0);
        var back = new Difference(7, 30, 1, 70, 0, 0);

        assertThat(history.moved(List.of(away, back)).same(history)).isTrue();
        assertThat(history.moved(List.of(back)).same(history)).isFalse();
    }

    @Test
    void leavesOutTheCategoriesOfBigPromotionsToo() {
        var bought = Purchases.none()
                .inBigPromotion("2026-11-11", 900)
                .bought(Purchases.day("2026-11-11"), "dairy")
                .on("2026-11-20", 500)
                .bought(Purchases.day("2026-11-20"), "bathroom")
                .history();

        var counted = bought.withoutPromotions();

        assertThat(counted.days()).containsExactly(Purchases.day("2026-11-20"));
        assertThat(counted.activity().categories()).containsExactly("bathroom");
        assertThat(counted.activity().boughtDay(0)).isEqualTo(Purchases.day("2026-11-20"));
    }

    @Test
    void refusesAnAmountThatNoNumberHolds() {
        assertThatThrownBy(() -> history.moved(List.of(new Difference(7, 20, 1, Long.MAX_VALUE, 0, 0))))
                .isInstanceOf(ArithmeticException.class);
    }
}
