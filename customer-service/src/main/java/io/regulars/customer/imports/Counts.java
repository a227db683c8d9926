package io.regulars.customer.imports;

import java.util.List;

import io.regulars.customer.input.Outcome;

/// What an import has done so far.
record Counts(Tally orders, Tally returns, Tally customers, Tally products) {

    static final Counts NONE = new Counts(Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE);

    /// Documents by what became of them.
    record Tally(long created, long updated, long unchanged, long rejected) {

        static final Tally NONE = new Tally(0, 0, 0, 0);

        Tally plus(List<Outcome> outcomes) {
            return new Tally(
                    created + count(outcomes, Outcome.CREATED),
                    updated + count(outcomes, Outcome.UPDATED),
                    unchanged + count(outcomes, Outcome.UNCHANGED),
                    rejected + count(outcomes, Outcome.REJECTED));
        }

        private static long count(List<Outcome> outcomes, Outcome wanted) {
            return outcomes.stream().filter(outcome -> outcome == wanted).count();
        }
    }

    Counts {
        orders = orders == null ? Tally.NONE : orders;
        returns = returns == null ? Tally.NONE : returns;
        customers = customers == null ? Tally.NONE : customers;
        products = products == null ? Tally.NONE : products;
    }

    Counts plusProducts(List<Outcome> outcomes) {
        return new Counts(orders, returns, customers, products.plus(outcomes));
    }

    Counts plus(List<Outcome> ofOrders, List<Outcome> ofReturns, List<Outcome> ofCustomers) {
        return new Counts(orders.plus(ofOrders), returns.plus(ofReturns), customers.plus(ofCustomers), products);
    }
}
