package io.regulars.scoring.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.regulars.scoring.churn.ChurnWatch;
import io.regulars.scoring.classes.Classes;
import io.regulars.scoring.dimension.Facts;
import io.regulars.scoring.forecast.Forecast;
import io.regulars.scoring.group.Groups;
import io.regulars.scoring.history.Pin;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.lifecycle.Lifecycle;
import io.regulars.scoring.lifetime.BgNbd;
import io.regulars.scoring.tier.NextTier;
import io.regulars.scoring.tier.TierScale;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Facts and an instant in, a scorecard out: no container, no clock, no state.
public final class Model {

    private final int version;
    private final ModelDefinition definition;
    private final Calibration calibration;
    private final ZoneId zone;
    private final TierScale scale;
    private final Groups groups;
    private final Lifecycle lifecycle;
    private final Classes classes;
    private final int fractionDigits;
    private final BgNbd lifetime;
    private final ChurnWatch churn;

    /// A model that does not know when customers are gone.
    ///
    /// @param zone in which the merchant's days begin
    /// @param fractionDigits of the merchant's currency
    public Model(int version, ModelDefinition definition, Calibration calibration, ZoneId zone, int fractionDigits) {
        this(version, definition, calibration, zone, fractionDigits, null);
    }

    private Model(
            int version,
            ModelDefinition definition,
            Calibration calibration,
            ZoneId zone,
            int fractionDigits,
            BgNbd lifetime) {
        this.version = version;
        this.definition = definition;
        this.calibration = calibration;
        this.zone = zone;
        var cycleDays = calibration.cycle().days(definition.lifecycle());
        lifecycle = new Lifecycle(definition.lifecycle(), cycleDays);
        scale = new TierScale(definition.tiering(), fractionDigits, calibration.limits(), lifecycle);
        groups = new Groups(definition.groups(), calibration.cutPoints(), calibration.limits());
        classes = new Classes(definition.classes(), fractionDigits);
        this.fractionDigits = fractionDigits;
        this.lifetime = lifetime;
        churn = new ChurnWatch(definition.churn(), lifecycle, cycleDays, lifetime);
    }

    /// The same with the shop's fit in use, null for none.
    public Model knowing(BgNbd newLifetime) {
        return new Model(version, definition, calibration, zone, fractionDigits, newLifetime);
    }

    public Scorecard score(PurchaseHistory history, List<Forecast> forecasts, Instant at) {
        return score(history, forecasts, null, at);
    }

    /// @param pin null where no tier was given by hand
    public Scorecard score(PurchaseHistory history, List<Forecast> forecasts, Pin pin, Instant at) {
        var today = day(at);
        var counted = definition.counted(history);
        var facts = new Facts(counted);
        var earned = scale.on(facts, today);
        var pinned = pin != null && pin.holdsAt(at) && scale.rankOf(pin.tier()) >= 0;
        var tier = pinned ? earned.pinned(scale.rankOf(pin.tier()), day(pin.at())) : earned;
        var rfm = Groups.measure(counted, definition.groups(), today);
        var known = history.known(today);
        var changesOn = Stream.of(
                        tier.changesOn(),
                        groups.changesOn(counted, today),
                        classes.changesOn(facts, today),
                        lifecycle.changesOn(history, today),
                        churn.changesOn(history, today),
                        history.nextAfter(today))
                .min(Comparator.naturalOrder())
                .orElse(NEVER);
        return new Scorecard(
                at,
                today,
                tier,
                rfm,
                groups.key(rfm, history.customerId()),
                lifecycle.stage(history, today),
                known == 0 ? null : LocalDate.ofEpochDay(history.days()[known - 1]),
                open(forecasts, at),
                pinned ? pin : null,
                classes.on(facts, today),
                lifecycle.loss(history, today),
                churn.warning(history, today),
                nextReview(changesOn, forecasts, pinned ? pin.until() : null, at));
    }

    /// What the customer lacks to the next tier, null at the top.
    public NextTier next(Scorecard card, PurchaseHistory history) {
        return NextTier.of(card.tier(), scale, definition.counted(history), card.day());
    }

    private static List<Forecast> open(List<Forecast> forecasts, Instant at) {
        return forecasts.stream()
                .filter(forecast -> forecast.openAt(at))
                .sorted(Comparator.comparing(Forecast::productCode))
                .toList();
    }

    private Instant nextReview(int changesOn, List<Forecast> forecasts, Instant pinEnds, Instant at) {
        var byDay = changesOn == NEVER ? Stream.<Instant>empty() : Stream.of(startOf(changesOn));
        var byPin = Stream.ofNullable(pinEnds);
        var byWindow = forecasts.stream()
                .flatMap(forecast -> Stream.of(forecast.opensAt(), forecast.closesAt()))
                .filter(instant -> instant.isAfter(at));
        return Stream.of(byDay, byPin, byWindow)
                .flatMap(instants -> instants)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /// The instant's day in the merchant's zone.
    public int day(Instant at) {
        return (int) LocalDate.ofInstant(at, zone).toEpochDay();
    }

    /// The merchant's midnight, or what stands for it on a day whose midnight the clocks leap over.
    public Instant startOf(int day) {
        return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant();
    }

    public int version() {
        return version;
    }

    public ModelDefinition definition() {
        return definition;
    }

    public Calibration calibration() {
        return calibration;
    }

    public TierScale scale() {
        return scale;
    }

    public Groups groups() {
        return groups;
    }

    public Lifecycle lifecycle() {
        return lifecycle;
    }

    /// Null where the shop has no fit yet.
    public BgNbd lifetime() {
        return lifetime;
    }

    public ChurnWatch churn() {
        return churn;
    }
}
