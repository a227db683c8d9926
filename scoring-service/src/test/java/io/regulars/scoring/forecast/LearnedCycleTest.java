package io.regulars.scoring.forecast;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.ProductChanged;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What the statement that learns cycles comes to, on a shop of few orders.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class LearnedCycleTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(960_000);
    private static final ForecastRules RULES = ForecastRules.shipped();

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Products products;

    @Inject
    Jdbi jdbi;

    @Test
    void isTheMedianOfTheCustomersMediansAndTellsBetweenWhich() {
        for (var customer = 1; customer <= 10; customer++) {
            bought(customer, "tea", 0, 10 * customer, 20 * customer);
        }
        bought(11, "tea", 7);

        var moved = learn();

        assertThat(moved).isTrue();
        assertThat(products.learned(merchant, 10))
                .containsExactly(
                        new Products.Learned("category", "care", 55, 10, 20L, 20.0, 90.0),
                        new Products.Learned("product", "tea", 55, 10, 20L, 20.0, 90.0));
        assertThat(learn()).isFalse();
    }

    @Test
    void isNotLearnedFromTooFew() {
        for (var customer = 1; customer <= 9; customer++) {
            bought(customer, "tea", 0, 10 * customer);
        }

        assertThat(learn()).isFalse();
        assertThat(products.learned(merchant, 10)).isEmpty();
    }

    /// As a shop has it that learned before the interval was kept.
    @Test
    void isLearnedAnewWhereItsConfidenceIsNotKnown() {
        for (var customer = 1; customer <= 10; customer++) {
            bought(customer, "tea", 0, 10 * customer);
        }
        jdbi.useHandle(handle -> handle.execute(
                "insert into learned_cycle (merchant_id, kind, key, days, customers) values (?, 'product', 'tea', 54, 9)",
                merchant));

        assertThat(learn()).isTrue();
        assertThat(products.learned(merchant, 10))
                .contains(new Products.Learned("product", "tea", 55, 10, 10L, 20.0, 90.0));
    }

    @Test
    void ranksInSqlAsInJava() {
        var ranks =
                jdbi.withHandle(handle -> handle.createQuery("select %s::int from generate_series(1, 2000) n order by n"
                                .formatted(Confidence.RANK_IN_SQL.formatted("n")))
                        .mapTo(Integer.class)
                        .list());

        assertThat(ranks)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 2000)
                        .mapToObj(Confidence::rank)
                        .toList());
    }

    @Test
    void aProductThatChangesToACategoryWithAnotherCycleIsForecastAnew() {
        for (var customer = 1; customer <= 10; customer++) {
            bought(customer, "tea", 0, 10 * customer);
        }
        learn();

        assertThat(categorised(1, "food")).isEmpty();
        assertThat(categorised(2, "care")).containsExactly("cup");
        assertThat(categorised(3, "care")).isEmpty();
        assertThat(categorised(4, "toys")).containsExactly("cup");
    }

    private Set<String> categorised(long version, String category) {
        var product = new ProductChanged(merchant, version, "cup", "Cup", category, null, null, List.of());
        return QuarkusTransaction.requiringNew().call(() -> products.apply(merchant, List.of(product)));
    }

    private boolean learn() {
        return QuarkusTransaction.requiringNew().call(() -> products.learn(merchant, Set.of(), RULES));
    }

    private void bought(long customer, String code, int... days) {
        jdbi.useHandle(handle -> {
            for (var day : days) {
                var order = customer * 1_000 + day;
                handle.execute("""
                        insert into purchase_order (merchant_id, customer_id, order_id, version, status, ordered_at,
                          big_promotion, counted, day, amount)
                        values (?, ?, ?, 1, 'PAID', timestamptz '2025-01-01' + ? * interval '1 day', false, true, ?, 100)
                        """, merchant, customer, order, day, 20_000 + day);
                handle.execute("""
                        insert into order_line (merchant_id, customer_id, order_id, line_no, product_code, category,
                          kept_quantity, kept_amount) values (?, ?, ?, 1, ?, 'care', 1, 100)
                        """, merchant, customer, order, code);
            }
        });
    }
}
