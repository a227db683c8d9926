package io.regulars.faults.fault;

import java.util.List;
import java.util.Random;

import io.regulars.faults.oracle.Violation;

/// The SMS gateway is away, asks for patience, breaks, and loses answers.
final class SmsMisbehaves implements Fault {

    private static final int PERCENT = 30;
    private static final List<Integer> FAILURES = List.of(429, 500, 503, 408);

    @Override
    public String name() {
        return "sms-misbehaves";
    }

    @Override
    public String says() {
        return "the SMS gateway refuses connections, answers 408, 429, 500 and 503, and loses answers";
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
        } finally {
            proxy.heal();
        }
        strike.rig().say(proxy.cuts() + " answers of the SMS gateway were cut in all");
        return List.of();
    }
}
