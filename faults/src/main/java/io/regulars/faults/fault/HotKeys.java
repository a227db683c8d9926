package io.regulars.faults.fault;

import java.util.List;

import io.regulars.faults.oracle.Violation;

/// One customer with very many orders, whose merchant has 99 % of the traffic.
final class HotKeys implements Fault {

    private static final int BATCHES = 10;
    private static final int A_BATCH = 500;

    @Override
    public String name() {
        return "hot-keys";
    }

    @Override
    public String says() {
        return "one customer has " + BATCHES * A_BATCH + " orders, and one merchant 99 % of the traffic";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        strike.workload().broadcast();
        for (var i = 0; i < BATCHES; i++) {
            strike.workload().manyOrders(strike.random(), A_BATCH);
            strike.pause(100, 500);
        }
        return List.of();
    }
}
