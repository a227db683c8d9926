package io.regulars.faults.fault;

import java.util.List;
import java.util.Random;

import io.regulars.faults.oracle.Violation;

/// Answers are lost between the service and the client, after the work was done.
final class CutAnswers implements Fault {

    private static final int PERCENT = 25;

    @Override
    public String name() {
        return "cut-answers";
    }

    @Override
    public String says() {
        return "every fourth answer is cut on its way to the client, after the work was done";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var random = new Random(strike.random().nextLong());
        var front = strike.rig().front();
        front.cutAnswers(() -> random.nextInt(100) < PERCENT);
        try {
            strike.workload().broadcast();
            strike.pause(14_000, 18_000);
        } finally {
            front.heal();
        }
        strike.rig().say(front.cuts() + " answers were cut in all");
        return List.of();
    }
}
