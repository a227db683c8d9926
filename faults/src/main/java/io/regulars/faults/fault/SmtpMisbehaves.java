package io.regulars.faults.fault;

import java.util.List;
import java.util.Random;

import io.regulars.faults.oracle.Violation;

/// The mail relay is away, then loses answers at any place of the dialogue.
final class SmtpMisbehaves implements Fault {

    private static final int PERCENT = 6;

    @Override
    public String name() {
        return "smtp-misbehaves";
    }

    @Override
    public String says() {
        return "the mail relay refuses connections, then loses answers anywhere in the dialogue";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var random = new Random(strike.random().nextLong());
        var smtp = strike.rig().smtp();
        try {
            smtp.refuse();
            strike.workload().broadcast();
            strike.pause(4_000, 8_000);
            smtp.heal();
            smtp.cutAnswers(() -> random.nextInt(100) < PERCENT);
            strike.pause(10_000, 14_000);
        } finally {
            smtp.heal();
        }
        strike.rig().say(smtp.cuts() + " answers of the mail relay were cut in all");
        return List.of();
    }
}
