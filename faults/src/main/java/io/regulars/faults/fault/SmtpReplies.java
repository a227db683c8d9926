package io.regulars.faults.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.MailRelay.Stage;
import io.regulars.faults.rig.MailRelay.Trick;
import io.regulars.faults.rig.MailRelay.Turn;
import io.regulars.faults.rig.Pause;

/// A mail relay that refuses for now and for good, stalls and closes half a connection, at each command of SMTP. Each
/// is met by some messages, in an order drawn from the seed.
final class SmtpReplies implements Fault {

    private static final Duration ALL_MET_WITHIN = Duration.ofSeconds(90);
    private static final int MESSAGES_EACH = 2;

    /// Longer than the service waits.
    private static final Duration STALL = Duration.ofSeconds(3);

    private static final Map<Stage, List<String>> REPLIES = Map.of(
            Stage.MAIL, List.of("451 4.3.0 not now", "421 4.3.2 closing", "550 5.7.1 not from you"),
            Stage.RCPT, List.of("450 4.2.1 greylisted", "452 4.5.3 too many", "550 5.1.1 nobody here"),
            Stage.DATA, List.of("451 4.3.0 not now", "421 4.3.2 closing", "554 5.5.1 no"),
            Stage.DOT, List.of("451 4.3.0 not now", "452 4.3.1 full", "554 5.7.1 looks like spam"));

    @Override
    public String name() {
        return "smtp-replies";
    }

    @Override
    public String says() {
        return "the mail relay answers 4xx and 5xx, stalls and half-closes at each of MAIL, RCPT, DATA and the dot";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var turns = new ArrayList<Turn>();
        for (var stage : Stage.values()) {
            for (var i = 0; i < MESSAGES_EACH; i++) {
                REPLIES.get(stage).forEach(line -> turns.add(new Turn(stage, new Trick.Reply(line))));
                turns.add(new Turn(stage, new Trick.Stall(STALL)));
                turns.add(new Turn(stage, new Trick.HalfClose()));
            }
        }
        Collections.shuffle(turns, strike.random());
        var relay = strike.rig().mailRelay();
        relay.play(turns);
        try {
            strike.workload().broadcast();
            if (!Pause.until(ALL_MET_WITHIN, () -> relay.left() == 0)) {
                return List.of(new Violation("coverage", "no message met the relay's tricks", relay.left() + " left"));
            }
            strike.pause(7_000, 8_000);
        } finally {
            relay.heal();
        }
        strike.rig().say(turns.size() + " messages met a trick of the mail relay");
        return List.of();
    }
}
