package io.regulars.campaign.guardrail;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.AtOnce;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What people and workers do to a merchant's limits at the same time.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class TwoAtOnceTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_480_400);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Guardrails guardrails;

    @Inject
    CouponBudgets budgets;

    @Inject
    Notices notices;

    /// Both have read the default ones.
    @Test
    void doNotOverwriteEachOthersGuardrails() {
        var second = AtOnce.inTheMidst(
                jdbi,
                () -> guardrails.save(merchant, "first", Settings.DEFAULT, 0),
                () -> guardrails.save(merchant, "second", Settings.DEFAULT, 0),
                () -> {});
        second.exceptionally(refused -> null).join();

        String savedBy =
                jdbi.withHandle(handle -> handle.createQuery("select updated_by from guardrail where merchant_id = :m")
                        .bind("m", merchant)
                        .mapTo(String.class)
                        .one());
        assertThat(savedBy).isEqualTo("first");
    }

    @Test
    void doNotTakeTheSameOutOfABudgetOfCoupons() {
        jdbi.useHandle(handle -> handle.execute(
                "insert into budget (merchant_id, campaign_id, kind, per, most) values (?, 0, 'coupons', 'all', 10)",
                merchant));

        var room = AtOnce.inTheMidst(
                jdbi,
                this::take,
                () -> QuarkusTransaction.requiringNew().call(() -> purse().hasRoom(merchant, 1, true, 6)),
                () -> {});

        assertThat(room.join()).isFalse();
    }

    @Test
    void sayOneThingOnce() {
        for (int i = 0; i < 2; i++) {
            QuarkusTransaction.requiringNew()
                    .run(() -> notices.say(merchant, 1, "budget:0", "budget", "the budget is used up"));
        }

        assertThat(notices.of(merchant, 1)).hasSize(1);
    }

    private void take() {
        Purse purse = purse();
        purse.take(merchant, 1, true, 6);
        budgets.keep(purse);
    }

    private Purse purse() {
        return budgets.lock(List.of(merchant), List.of(1L), clock.instant());
    }
}
