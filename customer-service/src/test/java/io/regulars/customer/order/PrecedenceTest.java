package io.regulars.customer.order;

import java.time.Duration;
import java.time.Instant;

import io.regulars.events.OrderChanged.Status;
import org.junit.jupiter.api.Test;

import static io.regulars.customer.order.Documents.START;
import static io.regulars.customer.order.Documents.content;
import static io.regulars.customer.order.Documents.line;
import static org.assertj.core.api.Assertions.assertThat;

class PrecedenceTest {

    private static final Instant LATER = START.plus(Duration.ofHours(1));

    @Test
    void theLaterStateStands() {
        assertThat(Precedence.replaces(said(Status.PAID, LATER), standing(Status.SHIPPED, START)))
                .isTrue();
        assertThat(Precedence.replaces(said(Status.SHIPPED, START), standing(Status.PAID, LATER)))
                .isFalse();
    }

    @Test
    void withoutADateTheStateFurtherOnStands() {
        assertThat(Precedence.replaces(said(Status.PAID, null), standing(Status.SHIPPED, null)))
                .isFalse();
        assertThat(Precedence.replaces(said(Status.SHIPPED, null), standing(Status.PAID, null)))
                .isTrue();
        assertThat(Precedence.replaces(said(Status.SHIPPED, START), standing(Status.PAID, START)))
                .isTrue();
    }

    @Test
    void aCorrectionInTheSameStateStands() {
        assertThat(Precedence.replaces(said(Status.PAID, null), standing(Status.PAID, null)))
                .isTrue();
    }

    private static OrderContent said(Status status, Instant updatedAt) {
        return content("o", status, line("A", 1, 100)).asOf(updatedAt);
    }

    private static CustomerOrder standing(Status status, Instant updatedAt) {
        return CustomerOrder.fresh(1, 1, 1, said(status, updatedAt), false, START);
    }
}
