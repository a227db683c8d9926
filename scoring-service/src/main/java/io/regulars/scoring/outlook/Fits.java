package io.regulars.scoring.outlook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.lifetime.BgNbd;
import io.regulars.scoring.lifetime.Fitted;
import io.regulars.scoring.lifetime.GammaGamma;
import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// The fits of all shops: asked for, claimed, done.
@ApplicationScoped
public class Fits {

    /// Waiting at once, for one merchant.
    static final int MOST_WAITING = 20;

    private static final int MOST_KEPT = 200;
    private static final int LEAST_SHOPS = 5;

    private static final String REQUEST = """
            insert into lifetime_fit (merchant_id, reason, as_of, state, requested_at)
            values (:merchant, :reason, :asOf, 'queued', :now)
            on conflict (merchant_id, as_of) where state = 'queued'
              do update set reason = lifetime_fit.reason
            returning fit_id
            """;

    /// One that runs and is not locked was left by a replica that died.
    private static final String CLAIM = """
            select merchant_id, fit_id, as_of, attempts from lifetime_fit
            where state in ('queued', 'running')
            order by attempts, fit_id limit 1 for update skip locked
            """;

    private static final String HOLD = """
            select merchant_id, fit_id, as_of, attempts from lifetime_fit
            where merchant_id = :merchant and fit_id = :fit and state = 'running'
            for update skip locked
            """;

    private static final String STARTED = """
            update lifetime_fit set state = 'running', started_at = :now, attempts = attempts + 1
            where merchant_id = :merchant and fit_id = :fit
            """;

    private static final String DONE = """
            update lifetime_fit set state = 'done', basis = :basis, finished_at = :now, fitted_at = :at, buyers = :buyers,
              repeat_buyers = :repeatBuyers, r = :r, alpha_weeks = :alpha, a = :a, b = :b,
              log_likelihood = :likelihood, p = :p, q = :q, v = :v, spending_log_likelihood = :spendingLikelihood,
              spending_buyers = :spendingBuyers, first_day = :firstDay, learned_weeks = :learnedWeeks,
              expected = :expected, actual = :actual, later_days = :laterDays, later_expected = :laterExpected,
              later_actual = :laterActual
            where merchant_id = :merchant and fit_id = :fit
            """;

    private static final String FAILED = """
            update lifetime_fit set state = 'failed', finished_at = :now, problem = :problem
            where merchant_id = :merchant and fit_id = :fit
            """;

    private static final String USED = """
            select * from lifetime_fit where merchant_id = :merchant and state = 'done' and as_of is null
            order by fit_id desc limit 1
            """;

    /// The middle of the shops' own fits, in each of the figures that do not depend on one another.
    private static final String PRIOR = """
            with latest as (
              select distinct on (f.merchant_id) f.r, f.r / f.alpha_weeks as rate, f.a / f.b as odds,
                sqrt(f.a * f.b) as likeness, f.p, f.q, f.p * f.v / f.q as worth
              from lifetime_fit f join shop s using (merchant_id)
              where f.state = 'done' and f.as_of is null and f.basis = 'shop' and f.p is not null
                and f.merchant_id <> :merchant and s.currency = :currency
              order by f.merchant_id, f.fit_id desc
            ), middle as (
              select count(*) as shops,
                percentile_cont(0.5) within group (order by r) as r,
                percentile_cont(0.5) within group (order by rate) as rate,
                percentile_cont(0.5) within group (order by odds) as odds,
                percentile_cont(0.5) within group (order by likeness) as likeness,
                percentile_cont(0.5) within group (order by p) as p,
                percentile_cont(0.5) within group (order by q) as q,
                percentile_cont(0.5) within group (order by worth) as worth
              from latest
            )
            select r, r / rate as alpha, likeness * sqrt(odds) as a, likeness / sqrt(odds) as b, p, q,
              worth * q / p as v
            from middle where shops >= :least
            """;

    private static final String PRUNE = """
            delete from lifetime_fit where merchant_id = :merchant and state in ('done', 'failed')
              and fit_id <> (select fit_id from shop where merchant_id = :merchant) and fit_id <= (
              select fit_id from lifetime_fit where merchant_id = :merchant and state in ('done', 'failed')
              order by fit_id desc offset :most limit 1)
            """;

    /// What is taken for a shop that is too small to be fitted.
    record Prior(BgNbd purchases, GammaGamma spending) {}

    /// @param asOf null for now
    /// @param attempts begun so far
    record Claimed(int merchant, long fit, Instant asOf, int attempts) {}

    private final Jdbi jdbi;
    private final Clock clock;

    Fits(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// Asks for the model that is used from then on to be fitted anew.
    public void requestAfterCalibration(int merchant) {
        request(merchant, "calibration", null);
    }

    long request(int merchant, String reason, Instant asOf) {
        return jdbi.withHandle(handle -> handle.createQuery(REQUEST)
                .bind("merchant", merchant)
                .bind("reason", reason)
                .bind("asOf", asOf)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one());
    }

    int waiting(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from lifetime_fit where merchant_id = :merchant and state in ('queued', 'running')")
                .bind("merchant", merchant)
                .mapTo(Integer.class)
                .one());
    }

    /// Locks it to the end of the transaction.
    Optional<Claimed> claim() {
        return jdbi.withHandle(handle ->
                handle.createQuery(CLAIM).map((row, context) -> claimed(row)).findOne());
    }

    /// The one that was begun, locked to the end of the transaction; empty where another replica has it by now.
    Optional<Claimed> hold(Claimed fit) {
        return jdbi.withHandle(handle -> handle.createQuery(HOLD)
                .bind("merchant", fit.merchant())
                .bind("fit", fit.fit())
                .map((row, context) -> claimed(row))
                .findOne());
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(
                row.getInt("merchant_id"), row.getLong("fit_id"), Fields.instant(row, "as_of"), row.getInt("attempts"));
    }

    void started(Claimed fit) {
        jdbi.useHandle(handle -> of(handle.createUpdate(STARTED), fit).execute());
    }

    void failed(Claimed fit, String problem) {
        jdbi.useHandle(handle ->
                of(handle.createUpdate(FAILED), fit).bind("problem", problem).execute());
    }

    /// @param basis `shop` or `shops`
    /// @param at as of when it was fitted
    void done(Claimed fit, String basis, Instant at, Fitted fitted) {
        var model = fitted.purchases().model();
        var spending = Optional.ofNullable(fitted.spending());
        var later = Optional.ofNullable(fitted.later());
        jdbi.useHandle(handle -> of(handle.createUpdate(DONE), fit)
                .bind("basis", basis)
                .bind("at", at)
                .bind("buyers", fitted.buyers())
                .bind("repeatBuyers", fitted.repeatBuyers())
                .bind("r", model.r())
                .bind("alpha", model.alpha())
                .bind("a", model.a())
                .bind("b", model.b())
                .bind("likelihood", fitted.purchases().logLikelihood())
                .bind("p", spending.map(spent -> spent.model().p()).orElse(null))
                .bind("q", spending.map(spent -> spent.model().q()).orElse(null))
                .bind("v", spending.map(spent -> spent.model().v()).orElse(null))
                .bind(
                        "spendingLikelihood",
                        spending.map(Fitted.Spent::logLikelihood).orElse(null))
                .bind("spendingBuyers", spending.map(Fitted.Spent::buyers).orElse(null))
                .bind("firstDay", LocalDate.ofEpochDay(fitted.tracking().firstDay()))
                .bind("learnedWeeks", fitted.tracking().learnedWeeks())
                .bind("expected", fitted.tracking().expected())
                .bind("actual", fitted.tracking().actual())
                .bind("laterDays", later.map(Fitted.Later::days).orElse(null))
                .bind("laterExpected", later.map(Fitted.Later::expected).orElse(null))
                .bind("laterActual", later.map(Fitted.Later::actual).orElse(null))
                .execute());
    }

    /// What other shops of the same currency have in common, where there are enough of them that none shows.
    Optional<Prior> prior(int merchant, String currency) {
        return jdbi.withHandle(handle -> handle.createQuery(PRIOR)
                .bind("merchant", merchant)
                .bind("currency", currency)
                .bind("least", LEAST_SHOPS)
                .map((row, context) -> new Prior(
                        new BgNbd(row.getDouble("r"), row.getDouble("alpha"), row.getDouble("a"), row.getDouble("b")),
                        new GammaGamma(row.getDouble("p"), row.getDouble("q"), row.getDouble("v"))))
                .findOne());
    }

    /// Forgets all but the latest, and the one that scoring goes by.
    void prune(int merchant) {
        jdbi.useHandle(handle -> handle.createUpdate(PRUNE)
                .bind("merchant", merchant)
                .bind("most", MOST_KEPT)
                .execute());
    }

    private Update of(Update update, Claimed fit) {
        return update.bind("merchant", fit.merchant()).bind("fit", fit.fit()).bind("now", clock.instant());
    }

    Optional<Fit> find(int merchant, long fit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from lifetime_fit where merchant_id = :merchant and fit_id = :fit")
                .bind("merchant", merchant)
                .bind("fit", fit)
                .map((row, context) -> Fit.read(row))
                .findOne());
    }

    List<Fit> latest(int merchant, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from lifetime_fit where merchant_id = :merchant order by fit_id desc limit :most")
                .bind("merchant", merchant)
                .bind("most", most)
                .map((row, context) -> Fit.read(row))
                .list());
    }

    /// The one that forecasts go by: the last that came to something.
    Optional<Fit> used(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(USED)
                .bind("merchant", merchant)
                .map((row, context) -> Fit.read(row))
                .findOne());
    }
}
