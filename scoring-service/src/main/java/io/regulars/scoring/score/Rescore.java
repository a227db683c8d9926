package io.regulars.scoring.score;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.events.ScoreChanged;
import io.regulars.kit.fault.KillPoint;
import io.regulars.kit.outbox.Outbox;
import io.regulars.scoring.forecast.Forecasts;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.Models;

/// The only code that scores: facts out of the rows, the model's word on them, and back goes what changed, with
/// its history and its event. Called for the customers of a batch of events, for those whose instant has come,
/// and for the ranges of a recompute.
@ApplicationScoped
public class Rescore {

    private final Shops shops;
    private final Models models;
    private final Forecasts forecasts;
    private final ScoreRows rows;
    private final StepRows steps;
    private final Outbox outbox;

    Rescore(Shops shops, Models models, Forecasts forecasts, ScoreRows rows, StepRows steps, Outbox outbox) {
        this.shops = shops;
        this.models = models;
        this.forecasts = forecasts;
        this.rows = rows;
        this.steps = steps;
        this.outbox = outbox;
    }

    /// Scores these customers as of the instant.
    ///
    /// @return how many scorecards changed
    @Transactional(Transactional.TxType.MANDATORY)
    public int rescore(int merchant, Collection<Long> customers, Instant now, Cause cause) {
        if (customers.isEmpty()) {
            return 0;
        }
        var at = at(now);
        var shop = shops.hold(merchant);
        if (!shop.known()) {
            rows.rememberLive(merchant, cause.live());
            return 0;
        }
        var model = models.active(shop);
        var scored = score(shop, model, rows.lock(merchant, customers), at, cause);
        var published = scored.stream().filter(Candidate::published).toList();
        var events = events(shop, model, published);
        rows.write(shop, model.version(), scored);
        outbox.publishAll(events);
        KillPoint.RESCORE_IN_TRANSACTION.reach();
        return published.size();
    }

    /// Scores those of the customers whose scores are not what they should be, for a recompute that expects to find
    /// most of them right. Whoever is right is read and neither locked nor written: the lock alone writes a row. Of
    /// somebody whom others work on the rows from before are seen, or those from after, which were scored together;
    /// and whoever is not right is locked and scored from their rows as they are then.
    ///
    /// @return how many they were
    @Transactional(Transactional.TxType.MANDATORY)
    public int refresh(int merchant, Collection<Long> customers, Instant now) {
        var shop = shops.hold(merchant);
        if (customers.isEmpty() || !shop.known()) {
            return 0;
        }
        var cause = Cause.recompute();
        var wrong = score(shop, models.active(shop), rows.read(merchant, customers), at(now), cause).stream()
                .filter(one -> !one.same())
                .map(Candidate::customerId)
                .toList();
        rescore(merchant, wrong, now, cause);
        return wrong.size();
    }

    /// As PostgreSQL keeps it.
    private static Instant at(Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS);
    }

    private List<Candidate> score(Shop shop, Model model, List<ScoreRows.Held> held, Instant at, Cause cause) {
        var histories = held.stream().map(ScoreRows.Held::history).toList();
        var known = forecasts.of(shop, model.definition().forecast(), histories);
        return held.stream()
                .map(row -> {
                    var forecast = known.getOrDefault(row.history().customerId(), List.of());
                    return Candidate.of(row, forecast, model, at, cause);
                })
                .toList();
    }

    private List<ScoreChanged> events(Shop shop, Model model, List<Candidate> published) {
        var present = steps.advance(shop, model, published);
        return published.stream()
                .map(one -> ScoreEvents.event(shop, model, one, present.get(one.customerId())))
                .toList();
    }
}
