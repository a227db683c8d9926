package io.regulars.scoring.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.simulation.Movers.Mover;
import io.regulars.scoring.simulation.SimulationJobs.Held;
import io.regulars.scoring.simulation.SimulationJobs.Key;

/// Works off the simulations that were asked for as jobs, one by one, each from the first row to the last in one
/// transaction, which holds its lock: what a replica leaves when it dies, another begins anew.
@ApplicationScoped
class SimulationRunner {

    private static final int MOST_ATTEMPTS = 5;

    private final SimulationJobs jobs;
    private final Movers movers;
    private final Simulation simulation;
    private final Shops shops;
    private final Models models;
    private final ObjectMapper json;

    SimulationRunner(
            SimulationJobs jobs, Movers movers, Simulation simulation, Shops shops, Models models, ObjectMapper json) {
        this.jobs = jobs;
        this.movers = movers;
        this.simulation = simulation;
        this.shops = shops;
        this.models = models;
        this.json = json;
    }

    @Scheduled(
            identity = "simulations",
            every = "{regulars.scoring.simulations.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void work() {
        for (var next = start(); next.isPresent(); next = start()) {
            work(next.get());
        }
    }

    private void work(Key key) {
        try {
            QuarkusTransaction.requiringNew()
                    .timeout(600)
                    .run(() -> jobs.hold(key).ifPresent(this::simulate));
        } catch (NotWanted e) {
            QuarkusTransaction.requiringNew().run(() -> jobs.cancelled(key));
        }
    }

    /// Shows that one has begun, before the long transaction that does it.
    private Optional<Key> start() {
        return QuarkusTransaction.requiringNew().call(() -> {
            var next = jobs.next();
            next.ifPresent(this::begin);
            return next;
        });
    }

    private void begin(Key key) {
        if (key.cancelled()) {
            jobs.cancelled(key);
        } else if (key.attempts() < MOST_ATTEMPTS) {
            jobs.started(key);
        } else {
            jobs.failed(key, "it broke off %d times; see the log".formatted(key.attempts()));
        }
    }

    private void simulate(Held held) {
        var key = held.key();
        shops.find(key.merchant())
                .filter(Shop::known)
                .ifPresentOrElse(
                        shop -> simulate(held, shop), () -> jobs.failed(key, "the shop is not known to scoring yet"));
    }

    private void simulate(Held held, Shop shop) {
        var rules = models.read(held.definition());
        var within = held.window() == null ? rules : rules.within(held.window());
        var passing = new Passing(held.key());
        var outcome = simulation.run(shop, held.version(), within, held.asOf(), passing::see);
        passing.end();
        passing.tell();
        var view = SimulationView.from(held.asOf(), held.window(), shop, outcome);
        jobs.done(held.key(), passing.seen, write(view));
    }

    private String write(SimulationView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a simulation cannot be written", e);
        }
    }

    /// Somebody cancelled it while it was made: what was written of it is undone.
    private static final class NotWanted extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    /// The customers as they pass by: counted for who watches, kept where they would move.
    private final class Passing {

        private static final int BATCH = 2_000;
        private static final int STEP = 20_000;

        private final Key key;
        private final List<Mover> waiting = new ArrayList<>();
        private long seen;

        Passing(Key key) {
            this.key = key;
        }

        void see(Histories.Present present, String tier) {
            if (tier != null && present.tier() != null && !tier.equals(present.tier())) {
                waiting.add(new Mover(present.history().customerId(), null, present.tier(), tier));
            }
            if (waiting.size() == BATCH) {
                end();
            }
            if (++seen % STEP == 0) {
                tell();
            }
        }

        /// In a transaction of its own, so that it shows.
        void tell() {
            if (!QuarkusTransaction.requiringNew().call(() -> jobs.progress(key, seen))) {
                throw new NotWanted();
            }
        }

        void end() {
            if (!waiting.isEmpty()) {
                movers.add(key, waiting);
                waiting.clear();
            }
        }
    }
}
