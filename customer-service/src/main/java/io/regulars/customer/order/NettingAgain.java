package io.regulars.customer.order;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.regulars.customer.merchant.Merchants;
import io.regulars.customer.merchant.SettingsChanged;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// When a merchant changes what is no product, returns are borne by other lines: their customers are noted in
/// the same transaction, and netted anew a few at a time, by whichever replica takes them. A merchant whose netting
/// fails is tried again, and holds up no other.
@Singleton
class NettingAgain {

    private static final Logger LOG = Logger.getLogger(NettingAgain.class);

    private static final String NOTE = """
            insert into netting_due (merchant_id, customer_id)
            select distinct merchant_id, customer_id from order_return where merchant_id = :merchant
            on conflict do nothing
            """;

    private static final String DUE = "select distinct merchant_id from netting_due order by merchant_id";

    private static final String TAKE = """
            delete from netting_due where (merchant_id, customer_id) in (
              select merchant_id, customer_id from netting_due where merchant_id = :merchant
              order by customer_id limit 200 for update skip locked)
            returning customer_id
            """;

    private final Jdbi jdbi;
    private final OrderBook book;
    private final Merchants merchants;

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
        for (int merchant : due()) {
            try {
                while (QuarkusTransaction.requiringNew().call(() -> some(merchant))) {
                    // the next ones, until none are left
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "returns are not netted anew and will be tried again: merchant=%d", merchant);
            }
        }
    }

    private List<Integer> due() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(
                        handle -> handle.createQuery(DUE).mapTo(Integer.class).list()));
    }

    private boolean some(int merchant) {
        List<Long> customers = jdbi.withHandle(handle -> handle.createQuery(TAKE)
                .bind("merchant", merchant)
                .mapTo(Long.class)
                .list());
        if (customers.isEmpty()) {
            return false;
        }
        book.netAgain(merchants.settings(merchant), customers.stream().sorted().toList());
        return true;
    }
}
