package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.regulars.campaign.campaign.OrderTrigger.Passage;
import io.regulars.campaign.occasion.Orders.Passed;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OrderTriggerTest {

    private static final Instant ACTIVATED = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LATER = ACTIVATED.plusSeconds(60);
    private static final OrderTrigger PAID = new OrderTrigger(Passage.PAID, null, false, List.of(), List.of());

    @ParameterizedTest
    @CsvSource({
        "PAID, , PAID, true",
        "PAID, CREATED, PAID, true",
        "PAID, CREATED, SHIPPED, true",
        "PAID, PAID, PAID, false",
        "PAID, PAID, SHIPPED, false",
        "PAID, , PART_REFUNDED, false",
        "SHIPPED, PAID, SHIPPED, true",
        "SHIPPED, SHIPPED, SHIPPED, false",
        "SHIPPED, PAID, DELIVERED, false",
        "SHIPPED, DELIVERED, SHIPPED, false",
        "DELIVERED, SHIPPED, DELIVERED, true",
        "COMPLETED, DELIVERED, COMPLETED, true",
        "REFUNDED, DELIVERED, PART_REFUNDED, true",
        "REFUNDED, PART_REFUNDED, REFUNDED, false",
        "REFUNDED, PAID, CANCELLED, false"
    })
    void seesWhatBecameOfAnOrder(Passage passage, Status before, Status now, boolean happened) {
        assertThat(passage.happened(before, now)).isEqualTo(happened);
    }

    @Test
    void loadedHistoryIsNoCause() {
        assertThat(PAID.cause(passed(null, LATER, LATER, true), ACTIVATED, true))
                .isEmpty();
        assertThat(PAID.cause(passed(null, LATER, LATER, false), ACTIVATED, true))
                .isPresent();
    }

    @Test
    void whatChangedBeforeTheCampaignIsNoCause() {
        Instant before = ACTIVATED.minusSeconds(60);

        assertThat(PAID.cause(passed(Status.CREATED, before, before, false), ACTIVATED, true))
                .isEmpty();
    }

    /// A shop that tells its old orders and does not say so writes to nobody; one it had told of may be paid now.
    @Test
    void anOldOrderThatNobodyHadToldIsNoCause() {
        Instant longAgo = ACTIVATED.minusSeconds(86_400);

        assertThat(PAID.cause(passed(null, longAgo, LATER, false), ACTIVATED, true))
                .isEmpty();
        assertThat(PAID.cause(passed(Status.CREATED, longAgo, LATER, false), ACTIVATED, true))
                .isPresent();
    }

    @Test
    void heedsAmountProductsAndWhetherItIsTheFirst() {
        var passed = passed(null, LATER, LATER, false);

        assertThat(of("39.80", false, "WIPES").cause(passed, ACTIVATED, false)).isPresent();
        assertThat(of("39.81", false, "WIPES").cause(passed, ACTIVATED, false)).isEmpty();
        assertThat(of("1", false, "SOAP").cause(passed, ACTIVATED, false)).isEmpty();
        assertThat(of("1", true, "WIPES").cause(passed, ACTIVATED, false)).isEmpty();
        assertThat(of("1", true, "WIPES").cause(passed, ACTIVATED, true)).hasValueSatisfying(cause -> {
            assertThat(cause.occurrence()).isEqualTo("order:9:paid");
            assertThat(OrderTrigger.orderOf(cause.occurrence())).isEqualTo(9);
            assertThat(cause.context()).containsEntry("event.amount", "39.80");
        });
    }

    @Test
    void lapsesWithTheOrder() {
        assertThat(PAID.lapse(Status.REFUNDED)).isPresent();
        assertThat(PAID.lapse(Status.PART_REFUNDED)).isEmpty();
        assertThat(PAID.lapse(null)).isEmpty();
        assertThat(new OrderTrigger(Passage.REFUNDED, null, false, List.of(), List.of()).lapse(Status.REFUNDED))
                .isEmpty();
    }

    private static OrderTrigger of(String least, boolean first, String product) {
        return new OrderTrigger(Passage.PAID, new BigDecimal(least), first, List.of(product), List.of());
    }

    private static Passed passed(Status before, Instant ordered, Instant changed, boolean backfill) {
        var order = new OrderChanged(
                1,
                9,
                2,
                "T9",
                7,
                Status.PAID,
                ordered,
                "CNY",
                "shop",
                false,
                List.of(new OrderChanged.Line(1, "WIPES", "湿巾", "湿巾", 2, 3980, 2, 3980)),
                List.of(),
                backfill,
                changed);
        return new Passed(order, before);
    }
}
