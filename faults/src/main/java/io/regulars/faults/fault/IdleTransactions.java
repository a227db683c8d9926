package io.regulars.faults.fault;

import java.time.Duration;
import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Pause;

/// Somebody's transaction stands open in each database for a minute: it has a number and an old view of everything, and
/// for the first part of that time it also keeps rows of one customer locked.
final class IdleTransactions implements Fault {

    private static final Duration LOCKED = Duration.ofSeconds(15);
    private static final Duration STANDS = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "idle-transactions";
    }

    @Override
    public String says() {
        return "an idle transaction stands open in each database for a minute, some rows are locked for 15 seconds";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var merchant = strike.workload().shops().getFirst().merchantId();
        try (var idle = strike.rig().databases();
                var locks = strike.rig().databases()) {
            idle.tryOut();
            for (var database : List.of(idle.customer(), idle.scoring(), idle.campaign())) {
                database.change("set transaction isolation level repeatable read");
                database.number("select pg_current_xact_id()::text::bigint");
            }
            locks.tryOut();
            locks.customer().rows("select * from customer where merchant_id = ? limit 1 for update", merchant);
            locks.scoring().rows("select * from history where merchant_id = ? limit 1 for update", merchant);
            locks.campaign().rows("select * from audience where merchant_id = ? limit 1 for update", merchant);
            strike.workload().broadcast();
            Pause.of(LOCKED);
            locks.undo();
            strike.rig().say("the locks are gone");
            Pause.of(STANDS.minus(LOCKED));
            idle.undo();
        }
        return List.of();
    }
}
