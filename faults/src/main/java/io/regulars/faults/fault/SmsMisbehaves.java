package io.regulars.faults.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.regulars.faults.oracle.Violation;

/// The SMS gateway is away, asks for patience, breaks, loses answers and gives them too late. A 200 that lies cannot be
/// told from the truth as long as no delivery receipts are read.
final class SmsMisbehaves implements Fault {

    private static final int PERCENT = 30;
    /// Longer than the service waits.
    private static final Duration TOO_LONG = Duration.ofSeconds(6);

    private static final List<Integer> FAILURES = List.of(429, 500, 503, 408);

    @Override
    public String name() {
        return "sms-misbehaves";
    }

    @Override
    public String says() {
        return "the SMS gateway refuses connections, answers 408, 429, 500 and 503, loses answers and lets others wait too long";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var random = new Random(strike.random().nextLong());
        var proxy = strike.rig().smsGateway();
        try {
            proxy.refuse();
            strike.pause(4_000, 8_000);
            proxy.heal();
            proxy.cutAnswers(() -> random.nextInt(100) < PERCENT);
            for (var i = 0; i < 12; i++) {
                strike.rig().failNextSms(FAILURES.get(strike.random().nextInt(FAILURES.size())));
                strike.pause(600, 1_200);
            }
            proxy.heal();
            proxy.stallAnswers(() -> random.nextInt(100) < PERCENT, TOO_LONG);
            strike.workload().flash();
            strike.pause(6_000, 8_000);
        } finally {
            proxy.heal();
        }
        strike.rig().say(proxy.cuts() + " answers of the SMS gateway were cut or came too late in all");
        return List.of();
    }
}
