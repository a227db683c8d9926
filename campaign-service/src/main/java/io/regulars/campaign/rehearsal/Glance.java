package io.regulars.campaign.rehearsal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.rehearsal.Findings.Exclusion;
import io.regulars.campaign.trigger.Recollections;
import io.regulars.campaign.trigger.Recollections.Found;
import io.regulars.campaign.trigger.Today;

/// A rehearsal small enough to be waited for: of some customers, drawn from all alike, for the day that
/// comes.
@ApplicationScoped
public class Glance {

    /// What a campaign would do today.
    ///
    /// @param basis whom today is about, in words
    /// @param customers who have a cause now
    /// @param reachable of these, within a day
    /// @param excluded of those who were looked at, the others by their first reason
    /// @param exact whether all were looked at; else the figures are estimated from some
    /// @param week an average one; absent where nothing tells, then `unknown` says why
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Seen(
            String basis,
            long customers,
            long reachable,
            List<Exclusion> excluded,
            boolean exact,
            Week week,
            String unknown) {}

    /// @param causes a week
    /// @param reachable of these, by what would become of them now
    /// @param days that were looked back at
    public record Week(long causes, long reachable, long days) {}

    private static final int LOOKED_AT = 500;
    private static final int MOST_CAUSES = 5_000;
    private static final int JUDGED = 200;
    private static final Duration FOUR_WEEKS = Duration.ofDays(28);
    private static final Duration A_DAY = Duration.ofDays(1);

    private final Tools tools;
    private final Today today;
    private final Recollections recollections;
    private final Audiences audiences;
    private final Shops shops;
    private final Clock clock;

    Glance(Tools tools, Today today, Recollections recollections, Audiences audiences, Shops shops, Clock clock) {
        this.tools = tools;
        this.today = today;
        this.recollections = recollections;
        this.audiences = audiences;
        this.shops = shops;
        this.clock = clock;
    }

    /// @param plan as it is, saved or not
    /// @param coupons that it names and nobody saved
    public Seen at(Plan plan, Map<Long, JsonNode> coupons) {
        Instant now = clock.instant();
        Plan supposed = plan.supposed(Instant.EPOCH);
        Shop shop = shops.find(plan.merchantId());
        boolean drawn = plan.definition().trigger().ofStanding();
        List<Found> found;
        double times = 1;
        boolean exact;
        if (drawn) {
            Today.Sample sample = today.sample(supposed, LOOKED_AT, now);
            found = sample.found();
            exact = sample.looked() == sample.of();
            times = exact ? 1 : (double) sample.of() / sample.looked();
        } else {
            Today.Chunk chunk = today.after(supposed, 0, LOOKED_AT, LOOKED_AT, now);
            found = chunk.found();
            exact = chunk.finished() && found.size() < LOOKED_AT;
            if (!exact && today.everybody(plan)) {
                times = (double) audiences
                                .count(plan.merchantId(), plan.definition().audience())
                                .customers()
                        / found.size();
            }
        }
        Instant begins = found.stream().map(Found::at).max(Instant::compareTo).orElse(now);
        Trial trial = trial(supposed, shop, coupons, false, found, now, begins);
        Recollections.Past past =
                recollections.between(plan.supposed(now.minus(FOUR_WEEKS)), now.minus(FOUR_WEEKS), now, MOST_CAUSES);
        String unknown = unknown(plan, now);
        return new Seen(
                today.basis(supposed, now),
                Math.round(trial.tally().customers() * times),
                Math.round(trial.tally().reachable() * times),
                trial.tally().excluded(),
                exact,
                unknown == null ? week(supposed, shop, coupons, past.found(), now) : null,
                unknown);
    }

    private Week week(Plan plan, Shop shop, Map<Long, JsonNode> coupons, List<Found> past, Instant now) {
        long days = days(plan, now);
        long causes = Math.round(past.size() * 7.0 / days);
        List<Found> some = past.stream()
                .skip(Math.max(0, past.size() - JUDGED))
                .map(one -> new Found(one.customerId(), one.cause(), now))
                .toList();
        if (some.isEmpty()) {
            return new Week(causes, 0, days);
        }
        Tally tally = trial(plan, shop, coupons, true, some, now, now).tally();
        return new Week(causes, Math.round(causes * ((double) tally.reachable() / tally.customers())), days);
    }

    private Trial trial(
            Plan plan,
            Shop shop,
            Map<Long, JsonNode> coupons,
            boolean past,
            List<Found> found,
            Instant now,
            Instant begins) {
        Instant end = begins.plus(A_DAY).plus(Rehearsing.ahead(plan));
        var trial = tools.transaction(() -> new Trial(tools, plan, shop, past, now, end, _ -> true));
        coupons.forEach(trial.issuing()::define);
        trial.enter(found);
        trial.follow();
        return trial;
    }

    /// Of days on the calendar all are known; of the rest what was kept.
    private long days(Plan plan, Instant now) {
        return plan.definition().trigger() instanceof DayTrigger
                ? FOUR_WEEKS.toDays()
                : Math.clamp(Duration.between(recollections.since(), now).toDays(), 1, FOUR_WEEKS.toDays());
    }

    private String unknown(Plan plan, Instant now) {
        List<Recollections.Gap> gaps = recollections.gaps(plan, now.minus(A_DAY));
        return gaps.isEmpty()
                ? null
                : gaps.getFirst().what() + ": " + gaps.getFirst().reason();
    }
}
