package io.regulars.campaign.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.reading.Fields;
import io.regulars.campaign.work.Loop;
import org.jboss.logging.Logger;

/// Works off the rehearsals that were asked for, one by one. Each holds its row by a lease that its
/// progress renews: what a replica leaves when it dies, another begins anew.
@ApplicationScoped
class RehearsalRunner {

    private static final Logger LOG = Logger.getLogger(RehearsalRunner.class);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Rehearsals rehearsals;
    private final Rehearsing rehearsing;
    private final Plans plans;
    private final ObjectMapper json;
    private volatile Loop loop;
    private volatile boolean stopping;

    RehearsalRunner(Rehearsals rehearsals, Rehearsing rehearsing, Plans plans, ObjectMapper json) {
        this.rehearsals = rehearsals;
        this.rehearsing = rehearsing;
        this.plans = plans;
        this.json = json;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("rehearsals", POLL, this::once);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        loop.close();
    }

    /// There is one more.
    void wake() {
        Loop started = loop;
        if (started != null) {
            started.wake();
        }
    }

    /// @return whether there may be another
    boolean once() {
        Optional<Rehearsals.Held> next = QuarkusTransaction.requiringNew().call(rehearsals::claim);
        next.ifPresent(this::work);
        return next.isPresent();
    }

    private void work(Rehearsals.Held held) {
        try {
            Plan plan = plans.load(List.of(held.campaign())).get(held.campaign());
            BiPredicate<Long, Long> wanted = (done, total) ->
                    !stopping && QuarkusTransaction.requiringNew().call(() -> rehearsals.progress(held, done, total));
            var found = held.past() == null
                    ? rehearsing.today(plan, wanted)
                    : rehearsing.past(plan, Fields.parse(held.past()), wanted);
            String result = write(found.findings());
            List<SampleRow> samples = samples(found.samples());
            QuarkusTransaction.requiringNew().run(() -> rehearsals.done(held, result, samples));
        } catch (Trial.NotWanted e) {
            QuarkusTransaction.requiringNew().run(() -> {
                if (stopping) {
                    rehearsals.leave(held);
                } else {
                    rehearsals.cancelled(held);
                }
            });
        } catch (Rehearsing.TooMuch e) {
            QuarkusTransaction.requiringNew().run(() -> rehearsals.failed(held, e.getMessage()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "rehearsal %d broke off for the %d. time", held.id(), held.attempts());
            QuarkusTransaction.requiringNew().run(() -> rehearsals.leave(held));
        }
    }

    private List<SampleRow> samples(List<Trial.Sample> shown) {
        List<SampleRow> rows = new ArrayList<>();
        shown.forEach(one -> rows.add(new SampleRow(
                one.letter().customer().customerId(),
                rows.size(),
                one.letter().step(),
                one.letter().occurrence(),
                one.at(),
                write(one.letter().context()))));
        return rows;
    }

    private String write(Object found) {
        try {
            return json.writeValueAsString(found);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a rehearsal cannot be written", e);
        }
    }
}
