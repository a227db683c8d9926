package io.regulars.campaign.trigger;

import java.time.Clock;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.journey.RecentFacts;
import io.regulars.campaign.occasion.Carts;
import io.regulars.campaign.occasion.Journal;
import io.regulars.campaign.work.Loop;

/// Forgets carts, events and what happened that are old, some at a time.
@ApplicationScoped
class Sweeper {

    private static final int SOME = 2_000;

    private final TriggerConfig config;
    private final Clock clock;
    private final Carts carts;
    private final ShopEvents events;
    private final RecentFacts facts;
    private final Journal journal;
    private volatile Loop loop;

    Sweeper(TriggerConfig config, Clock clock, Carts carts, ShopEvents events, RecentFacts facts, Journal journal) {
        this.config = config;
        this.clock = clock;
        this.carts = carts;
        this.events = events;
        this.journal = journal;
        this.facts = facts;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start(
                "sweeper",
                config.sweep(),
                () -> QuarkusTransaction.requiringNew().call(this::sweep));
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    /// @return whether there may be more
    boolean sweep() {
        Instant before = clock.instant().minus(config.keep());
        int forgotten = Math.max(carts.forget(before, SOME), events.forget(before, SOME));
        int noted = facts.forget(before, SOME);
        int past = journal.forget(clock.instant().minus(config.keepPast()), SOME);
        return Math.max(forgotten, Math.max(noted, past)) == SOME;
    }
}
