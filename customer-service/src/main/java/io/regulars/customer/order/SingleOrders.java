package io.regulars.customer.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;
import jakarta.transaction.Status;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.customer.input.GroupCommit;
import io.regulars.customer.input.Written;
import io.regulars.customer.merchant.Merchants;
import io.regulars.customer.merchant.Settings;

/// Orders that are posted one by one, written in one transaction where many of a merchant come at once.
@Singleton
class SingleOrders {

    private static final int MOST_TRANSACTIONS = 8;
    private static final int MOST_TOGETHER = 200;

    private final Merchants merchants;
    private final Drafts drafts;
    private final Clock clock;
    private final GroupCommit<Integer, OrderInput, Written<OrderView>> together =
            new GroupCommit<>(this::inTransaction, MOST_TRANSACTIONS, MOST_TOGETHER);

    SingleOrders(Merchants merchants, Drafts drafts, Clock clock) {
        this.merchants = merchants;
        this.drafts = drafts;
        this.clock = clock;
    }

    /// Durable when it returns; within a caller's transaction, when that commits.
    Written<OrderView> write(int merchant, OrderInput input) {
        return QuarkusTransaction.getStatus() == Status.STATUS_ACTIVE
                ? write(merchant, List.of(input)).getFirst()
                : together.write(merchant, input);
    }

    private List<Written<OrderView>> inTransaction(int merchant, List<OrderInput> inputs) {
        return QuarkusTransaction.requiringNew().call(() -> write(merchant, inputs));
    }

    private List<Written<OrderView>> write(int merchant, List<OrderInput> inputs) {
        Settings settings = merchants.settings(merchant);
        Instant now = clock.instant();
        var results = new ArrayList<Written<OrderView>>();
        var places = new ArrayList<Integer>();
        var good = new ArrayList<Drafts.Draft<OrderContent>>();
        for (OrderInput input : inputs) {
            Written<OrderView> refused = null;
            try {
                good.add(Drafts.order(input, settings, now));
                places.add(results.size());
            } catch (HttpProblem problem) {
                refused = Written.rejected(problem);
            }
            results.add(refused);
        }
        var written = drafts.orders(settings, good, false);
        for (int i = 0; i < written.size(); i++) {
            results.set(places.get(i), written.get(i).map(order -> OrderView.of(order, settings.currency())));
        }
        return results;
    }
}
