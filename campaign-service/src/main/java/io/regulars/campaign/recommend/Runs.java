package io.regulars.campaign.recommend;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.work.Loop;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Works out what goes with what, one shop at a time: whoever claims a shop's row does it, in one
/// transaction, so that readers see the last result until the next one is whole. A shop whose run fails is tried again
/// later, and holds up no other.
@ApplicationScoped
class Runs {

    private static final Logger LOG = Logger.getLogger(Runs.class);

    /// Of the latest orders those that hold more than one product and not too many.
    private static final String BASKETS = """
            create temporary table basket on commit drop as
            with latest as materialized (
              select o.customer_id, o.order_id from purchase_order o
              where o.merchant_id = :merchant and o.kept is not null and o.placed_at >= :since
              order by o.placed_at desc limit :orders
            )
            select p.customer_id, p.order_id, p.product_code as code, max(p.category) as category,
              count(*) over (partition by p.customer_id, p.order_id) as size
            from latest l
            join purchase p
              on p.merchant_id = :merchant and p.customer_id = l.customer_id and p.order_id = l.order_id
            join product c on c.merchant_id = p.merchant_id and c.code = p.product_code
            where not exists (select from shop s where s.merchant_id = :merchant and p.product_code = any(s.non_products))
            group by p.customer_id, p.order_id, p.product_code
            """;

    private static final String INDEX = "create index on basket (customer_id, order_id)";

    private static final String FORGET_PAIRS = "delete from product_pair where merchant_id = :merchant";

    /// The pairs whose orders overlap most (cosine): else what sells best would go with everything. One order
    /// is chance.
    private static final String PAIRS = """
            with sold as (
              select code, count(*) as orders from basket group by code
            ), pairs as (
              select a.code, b.code as other, count(*) as orders
              from basket a join basket b on b.customer_id = a.customer_id and b.order_id = a.order_id and b.code <> a.code
              where a.size between 2 and :largest
              group by a.code, b.code having count(*) >= 2
            ), ranked as (
              select p.code, p.other, p.orders, row_number() over (
                partition by p.code
                order by p.orders / sqrt(x.orders::float8 * y.orders) desc, p.orders desc, p.other) as rank
              from pairs p join sold x on x.code = p.code join sold y on y.code = p.other
            )
            insert into product_pair (merchant_id, code, rank, other, orders)
            select :merchant, code, rank, other, orders from ranked where rank <= :kept
            """;

    private static final String FORGET_BEST = "delete from best_seller where merchant_id = :merchant";

    private static final String BEST = """
            with sold as (
              select category, code, count(*) as orders from basket where category <> '' group by category, code
              union all
              select '', code, count(*) from basket group by code
            ), ranked as (
              select *, row_number() over (partition by category order by orders desc, code) as rank from sold
            )
            insert into best_seller (merchant_id, category, rank, code, orders)
            select :merchant, category, rank, code, orders from ranked where rank <= :kept
            """;

    private static final String LOOKED_AT = "select count(distinct (customer_id, order_id)) from basket";

    /// Shops that have sold something for the first time.
    private static final String BEGIN = """
            insert into recommendation_run (merchant_id, due_at)
            select s.merchant_id, :now from shop s
            where not exists (select from recommendation_run r where r.merchant_id = s.merchant_id)
              and exists (select from purchase p where p.merchant_id = s.merchant_id)
            on conflict do nothing
            """;

    private static final String CLAIM = """
            select merchant_id, orders from recommendation_run where due_at <= :now
            order by due_at limit 1 for update skip locked
            """;

    private static final String DONE = """
            update recommendation_run set finished_at = :now, due_at = :next, orders = :orders where merchant_id = :merchant
            """;

    private static final String LATER =
            "update recommendation_run set due_at = :next where merchant_id = :merchant and due_at <= :now";

    static final int PAIRS_KEPT = 10;
    static final int BEST_KEPT = 20;

    private record Due(int merchantId, long orders) {}

    private final Jdbi jdbi;
    private final Clock clock;
    private final RecommendConfig config;
    private Loop loop;

    Runs(Jdbi jdbi, Clock clock, RecommendConfig config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("recommendations", config.poll(), this::once);
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    private boolean once() {
        QuarkusTransaction.requiringNew()
                .run(() -> jdbi.useHandle(handle ->
                        handle.createUpdate(BEGIN).bind("now", clock.instant()).execute()));
        return runDue();
    }

    /// @return whether there was one
    boolean runDue() {
        AtomicReference<Due> claimed = new AtomicReference<>();
        try {
            QuarkusTransaction.requiringNew().timeout(600).run(() -> runDue(claimed));
        } catch (RuntimeException e) {
            Due due = claimed.get();
            if (due == null) {
                throw e;
            }
            LOG.errorf(
                    e, "what goes with what is not worked out and will be tried again: merchant=%d", due.merchantId());
            QuarkusTransaction.requiringNew().run(() -> later(due));
        }
        return claimed.get() != null;
    }

    private void runDue(AtomicReference<Due> claimed) {
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createQuery(CLAIM)
                .bind("now", now)
                .map((row, context) -> new Due(row.getInt(1), row.getLong(2)))
                .findOne()
                .ifPresent(due -> {
                    claimed.set(due);
                    run(handle, due, now);
                }));
    }

    private void later(Due due) {
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate(LATER)
                .bind("merchant", due.merchantId())
                .bind("now", now)
                .bind("next", now.plus(config.everyWhileGrowing()))
                .execute());
    }

    private void run(Handle handle, Due due, Instant now) {
        handle.createUpdate(BASKETS)
                .bind("merchant", due.merchantId())
                .bind("since", now.minus(config.window()))
                .bind("orders", config.mostOrders())
                .execute();
        handle.execute(INDEX);
        handle.execute("analyze basket");
        replace(handle, FORGET_PAIRS, PAIRS, due.merchantId(), PAIRS_KEPT);
        replace(handle, FORGET_BEST, BEST, due.merchantId(), BEST_KEPT);
        long orders = handle.createQuery(LOOKED_AT).mapTo(Long.class).one();
        Duration pause = orders > due.orders() + due.orders() / 10 ? config.everyWhileGrowing() : config.every();
        handle.createUpdate(DONE)
                .bind("merchant", due.merchantId())
                .bind("now", now)
                .bind("next", now.plus(pause))
                .bind("orders", orders)
                .execute();
    }

    private void replace(Handle handle, String forget, String remember, int merchant, int kept) {
        handle.createUpdate(forget).bind("merchant", merchant).execute();
        var update = handle.createUpdate(remember).bind("merchant", merchant).bind("kept", kept);
        if (remember.contains(":largest")) {
            update.bind("largest", config.largestOrder());
        }
        update.execute();
    }
}
