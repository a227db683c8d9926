package io.regulars.faults.rig;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The messages that were on the wire when campaign-service died or stood still: only they may be uncertain.
final class OnTheWire {

    private static final Duration LAST_WORDS_ARRIVE = Duration.ofMillis(300);
    private static final Duration LAST_TRANSACTIONS_END = Duration.ofSeconds(10);

    private final Supplier<Databases> databases;
    private final Consumer<String> says;
    private final Set<Long> messages = ConcurrentHashMap.newKeySet();

    OnTheWire(Supplier<Databases> databases, Consumer<String> says) {
        this.databases = databases;
        this.says = says;
    }

    Set<Long> messages() {
        return Set.copyOf(messages);
    }

    /// What the dead process last asked of the database may still be at work, and the new one takes seconds to start.
    void noteAfterDeath() {
        note(true);
    }

    /// While it hangs, answers to what it sent may come too late for it.
    void noteWhileStopped() {
        note(false);
    }

    private void note(boolean dead) {
        Pause.of(LAST_WORDS_ARRIVE);
        try (var open = databases.get()) {
            if (dead) {
                open.awaitRunning(LAST_TRANSACTIONS_END);
            }
            open.campaign()
                    .rows("select id from message where state = 'transmitting' or perhaps_sent")
                    .forEach(row -> messages.add(row.number("id")));
        } catch (Sql.DatabaseAway e) {
            says.accept("the messages on the wire are not known: " + e.getMessage());
        }
    }
}
