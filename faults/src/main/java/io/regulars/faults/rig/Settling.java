package io.regulars.faults.rig;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.regulars.local.home.PortPlan;
import io.regulars.local.supervise.LocalSystem;

/// Waits until nothing is under way: every group has read its topics, every outbox is empty, nothing is due.
public final class Settling {

    /// What each service reads; its group has the application's name.
    private static final Map<String, List<String>> READS = Map.of(
            "scoring-service",
            List.of(
                    "regulars.merchants",
                    "regulars.customers",
                    "regulars.products",
                    "regulars.orders",
                    "regulars.interactions"),
            "campaign-service",
            List.of(
                    "regulars.merchants",
                    "regulars.customers",
                    "regulars.products",
                    "regulars.orders",
                    "regulars.interactions",
                    "regulars.scores"));

    private static final int QUIET_LOOKS = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final LocalSystem system;
    private final Clock clock;

    Settling(LocalSystem system, Clock clock) {
        this.system = system;
        this.clock = clock;
    }

    /// @return what was still under way when patience ended; empty where all came to rest
    public List<String> within(Duration patience) {
        return within(patience, QUIET_LOOKS, BETWEEN_LOOKS);
    }

    /// @param looks in a row that must find nothing under way
    List<String> within(Duration patience, int looks, Duration between) {
        var deadline = System.nanoTime() + patience.toNanos();
        var quiet = 0;
        try (var servers = new Servers(system)) {
            while (quiet < looks) {
                var busy = look(servers);
                quiet = busy.isEmpty() ? quiet + 1 : 0;
                if (!busy.isEmpty() && System.nanoTime() > deadline) {
                    return busy;
                }
                Pause.of(between);
            }
        }
        return List.of();
    }

    private List<String> look(Servers servers) {
        var busy = new ArrayList<String>();
        for (var unit : system.supervisor().states()) {
            if (!unit.state().equals("ready") && !unit.state().equals("stopped")) {
                busy.add(unit.name() + " is not ready");
            }
        }
        if (!busy.isEmpty()) {
            return busy;
        }
        try {
            work(servers.databases()).forEach((what, count) -> {
                if (count > 0) {
                    busy.add(count + " " + what);
                }
            });
            READS.forEach((group, read) -> servers.topics()
                    .lag(group, read)
                    .forEach((topic, lag) -> busy.add(group + " is " + lag + " records behind in " + topic)));
        } catch (RuntimeException e) {
            servers.close();
            busy.add("cannot be looked at: " + e.getMessage());
        }
        return busy;
    }

    private Map<String, Long> work(Databases databases) {
        var now = clock.instant();
        var work = new LinkedHashMap<String, Long>();
        for (var service : PortPlan.Services.NAMES) {
            var database = switch (service) {
                case "customer" -> databases.customer();
                case "scoring" -> databases.scoring();
                default -> databases.campaign();
            };
            work.put("events in the outbox of " + service, database.number("select count(*) from outbox"));
        }
        var scoring = databases.scoring();
        work.put("reviews are due", scoring.number("select count(*) from review where due_at <= ?", now));
        work.put(
                "recomputes are open",
                scoring.number("select count(*) from recompute where state in ('queued', 'running')"));
        var campaign = databases.campaign();
        work.put(
                "enrolments are due",
                campaign.number("select count(*) from enrolment where due_at <= ? and not parked", now));
        work.put("messages are due or to be tried again", campaign.number("""
                        select count(*) from message
                        where not parked and (due_at <= ? or state = 'planned' and attempts > 0)
                        """, now));
        work.put(
                "messages are in a worker's hands",
                campaign.number("select count(*) from message where lease_until is not null"));
        work.put("broadcasts spread", campaign.number("""
                        select count(*) from fan_out f join campaign c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
                        where f.finished_at is null and c.state = 'active'
                        """));
        return work;
    }

    /// The connections of all looks: to open them takes longer than to look. After a look that failed they are new.
    private static final class Servers implements AutoCloseable {

        private final LocalSystem system;
        private Databases databases;
        private Topics topics;

        Servers(LocalSystem system) {
            this.system = system;
        }

        Databases databases() {
            if (databases == null) {
                databases = new Databases(system.ports().postgres());
            }
            return databases;
        }

        Topics topics() {
            if (topics == null) {
                topics = new Topics("localhost:" + system.ports().kafka());
            }
            return topics;
        }

        @Override
        public void close() {
            try (var _ = databases;
                    var _ = topics) {
                databases = null;
                topics = null;
            }
        }
    }
}
