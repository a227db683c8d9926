package io.regulars.customer.order;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.regulars.customer.merchant.Merchants;
import io.regulars.customer.merchant.SettingsChanged;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// When a merchant changes what is no product, returns are borne by other lines: their customers are noted in
/// the same transaction, and netted anew a few at a time, by whichever replica takes them.
@Singleton
class NettingAgain {

    private static final String NOTE = """
            insert into netting_due (merchant_id, customer_id)
            select distinct merchant_id, customer_id from order_return where merchant_id = :merchant
            on conflict do nothing
            """;

    private static final String TAKE = """
            delete from netting_due where (merchant_id, customer_id) in (
              select merchant_id, customer_id from netting_due
              where merchant_id = (select merchant_id from netting_due limit 1)
              order by customer_id limit 200 for update skip locked)
            returning merchant_id, customer_id
            """;

    private final Jdbi jdbi;
    private final OrderBook book;
    private final Merchants merchants;

    /// A row of `netting_due`.
    public record Due(int merchantId, long customerId) {}

    NettingAgain(Jdbi jdbi, OrderBook book, Merchants merchants) {
        this.jdbi = jdbi;
        this.book = book;
        this.merchants = merchants;
    }

    void note(@Observes SettingsChanged change) {
        if (change.before().nonProducts().equals(change.after().nonProducts())) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(NOTE)
                .bind("merchant", change.after().merchantId())
                .execute());
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() {
        while (QuarkusTransaction.requiringNew().call(this::some)) {
            // the next ones, until none are left
        }
    }

    private boolean some() {
        List<Due> due = jdbi.withHandle(handle ->
                handle.createQuery(TAKE).map(ConstructorMapper.of(Due.class)).list());
        if (due.isEmpty()) {
            return false;
        }
        book.netAgain(
                merchants.settings(due.getFirst().merchantId()),
                due.stream().map(Due::customerId).sorted().toList());
        return true;
    }
}
