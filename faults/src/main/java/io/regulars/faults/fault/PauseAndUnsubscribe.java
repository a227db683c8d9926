package io.regulars.faults.fault;

import java.util.List;

import io.regulars.faults.oracle.Violation;

/// A broadcast is paused while it spreads, customers say no meanwhile, and it goes on.
final class PauseAndUnsubscribe implements Fault {

    private static final int TIMES = 3;

    @Override
    public String name() {
        return "pause-and-unsubscribe";
    }

    @Override
    public String says() {
        return "a broadcast is paused while it spreads, customers withdraw consent, and it goes on";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        strike.workload().broadcast();
        for (var i = 0; i < TIMES; i++) {
            strike.pause(20, 400);
            strike.workload().pauseBroadcast();
            strike.workload().unsubscribeSome(strike.random());
            strike.pause(300, 1_500);
            strike.workload().resumeBroadcast();
        }
        strike.pause(2_000, 4_000);
        return List.of();
    }
}
