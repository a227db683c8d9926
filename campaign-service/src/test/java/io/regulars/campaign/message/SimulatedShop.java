package io.regulars.campaign.message;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Scores.Moved;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Standing;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Definition;
import io.regulars.campaign.campaign.KnownAnswers;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Priorities.Preferred;
import io.regulars.campaign.campaign.Priorities.Priority;
import io.regulars.campaign.campaign.Reentry;
import io.regulars.campaign.campaign.Rules;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.guardrail.Budget;
import io.regulars.campaign.guardrail.BudgetsInMemory;
import io.regulars.campaign.guardrail.Cap;
import io.regulars.campaign.guardrail.GlobalHoldout;
import io.regulars.campaign.guardrail.Policy;
import io.regulars.campaign.guardrail.QuietHours;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;
import io.regulars.events.ScoreChanged;

/// A shop made from chance: its guardrails, campaigns and customers, as they are now.
final class SimulatedShop {

    static final int MERCHANT = 1;
    private static final Text TEXT = new Text("s", "t", null);
    private static final List<String> TIERS = List.of("new", "ordinary", "vip");
    private static final List<Channel> CHANNELS = List.of(Channel.values());
    private static final List<Set<Channel>> QUIET =
            List.of(Set.of(Channel.SMS), Set.of(Channel.SMS, Channel.INBOX), Set.of(Channel.values()));

    final Shop shop;
    final Settings settings;
    final TreeMap<Long, Plan> plans = new TreeMap<>();
    final TreeMap<Long, Customer> customers = new TreeMap<>();
    final TreeMap<Long, ScoreChanged> scores = new TreeMap<>();
    final BudgetsInMemory budgets;
    private final Chance chance;

    /// Whether the kill switch is on.
    boolean stopped;

    SimulatedShop(Chance chance, List<ZoneId> zones) {
        this.chance = chance;
        shop = new Shop(MERCHANT, "s", chance.of(zones), "EUR", "en");
        settings = settings();
        budgets = new BudgetsInMemory(shop.zone());
        budgets.define(MERCHANT, 0, settings.policy().budgets());
        var campaigns = 1 + chance.below(4);
        for (var id = 1L; id <= campaigns; id++) {
            plans.put(id, plan(id));
        }
        var many = 1 + chance.below(3);
        for (var id = 1L; id <= many; id++) {
            customers.put(
                    id, customer(id, chance.once(0.3) ? null : chance.of(zones).getId()));
        }
    }

    private Settings settings() {
        List<Cap> caps = new ArrayList<>();
        if (chance.once(0.7)) {
            caps.add(new Cap(Channel.SMS, 1 + chance.below(2), Duration.ofDays(1 + chance.below(7))));
        }
        if (chance.once(0.5)) {
            caps.add(new Cap(null, 1 + chance.below(4), Duration.ofHours(1 + chance.below(200))));
        }
        var from = chance.below(96);
        var hours = new QuietHours(chance.of(QUIET), quarter(from), quarter(from + 1 + chance.below(60)));
        return new Settings(
                chance.once(0.8) ? hours : null, caps, BigDecimal.valueOf(chance.of(List.of(0, 50, 100))), policy());
    }

    private Policy policy() {
        var everybody = new GlobalHoldout(BigDecimal.valueOf(100), "", GlobalHoldout.Rotation.QUARTER);
        return new Policy(
                new Policy.Transactional(chance.once(0.3), chance.once(0.3), chance.once(0.3)),
                chance.once(0.05) ? everybody : null,
                budgets(0.2),
                Map.of(Channel.SMS, 50_000L, Channel.EMAIL, 1_000L),
                null,
                null);
    }

    private List<Budget> budgets(double probability) {
        List<Budget> budgets = new ArrayList<>();
        if (chance.once(probability)) {
            budgets.add(new Budget(
                    Budget.Kind.MESSAGES, chance.of(List.of(Budget.Per.DAY, Budget.Per.ALL)), 1 + chance.below(4)));
        }
        if (chance.once(probability)) {
            budgets.add(new Budget(
                    Budget.Kind.MONEY,
                    chance.of(List.of(Budget.Per.DAY, Budget.Per.WEEK, Budget.Per.ALL)),
                    50_000L * (1 + chance.below(3))));
        }
        return budgets;
    }

    private Rules rules() {
        return new Rules(
                chance.once(0.2),
                chance.below(3),
                BigDecimal.valueOf(chance.below(2)),
                chance.of(List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(3))),
                null,
                budgets(0.2));
    }

    private static LocalTime quarter(int number) {
        return LocalTime.MIN.plusMinutes(number % 96 * 15L);
    }

    private Plan plan(long id) {
        Trigger trigger = chance.once(0.5)
                ? new Trigger.TierChanged(chance.of(List.of("up", "down", "any")), List.of())
                : new Trigger.StageEntered(List.of("sleeping"));
        List<Step> steps = new ArrayList<>();
        IntStream.range(0, 1 + chance.below(3)).forEach(_ -> {
            if (chance.once(0.3)) {
                steps.add(new Step.Wait(Duration.ofMinutes(chance.between(1, 3_000))));
            }
            steps.add(new Step.Send(chance.of(CHANNELS), TEXT));
        });
        var holdout = chance.once(0.7) ? BigDecimal.ZERO : null;
        var definition =
                new Definition("c" + id, trigger, Condition.EVERYONE, steps, holdout, false, Reentry.ALWAYS, rules());
        budgets.define(MERCHANT, id, definition.rules().budgets());
        return new Plan(MERCHANT, id, 1, "c" + id, "active", "salt" + id, Instant.EPOCH, definition);
    }

    private Customer customer(long id, String zone) {
        var standing = new Standing("new", 0, null, -1, 1, null, 0, "new", 1, List.of());
        scores.put(id, score(id, 1, standing, Instant.EPOCH));
        return new Customer(
                MERCHANT,
                id,
                chance.once(0.9),
                "u" + id,
                null,
                zone,
                chance.once(0.9) ? "+8613" : null,
                "a@example.com",
                chance.of(List.of(true, true, false)),
                chance.once(0.9) ? true : null,
                chance.once(0.9) ? null : false,
                "token",
                false,
                null,
                standing,
                null);
    }

    /// A step up or down, or asleep or awake: not yet told.
    ScoreChanged moves(long id, Instant at) {
        var was = scores.get(id);
        var tier = was.tier();
        var stage = was.stage();
        if (chance.once(0.6)) {
            var rank = (tier.rank() + 1 + chance.below(2)) % TIERS.size();
            tier = step(TIERS.get(rank), rank, tier, at);
        } else {
            stage = step(stage.key().equals("sleeping") ? "new" : "sleeping", -1, stage, at);
        }
        var score = new ScoreChanged(
                MERCHANT, id, was.version() + 1, at, 1, 1, 1, null, tier, null, stage, List.of(), false);
        scores.put(id, score);
        return score;
    }

    private ScoreChanged.Step step(String key, int rank, ScoreChanged.Step before, Instant at) {
        return new ScoreChanged.Step(
                key, rank, before.key(), before.rank(), at, before.seq() + 1, "", chance.once(0.1));
    }

    private static ScoreChanged score(long id, long version, Standing standing, Instant at) {
        var tier = new ScoreChanged.Step(standing.tier(), standing.tierRank(), null, -1, at, 1, "", true);
        var stage = new ScoreChanged.Step(standing.stage(), -1, null, -1, at, 1, "", true);
        return new ScoreChanged(MERCHANT, id, version, at, 1, 1, 1, null, tier, null, stage, List.of(), true);
    }

    /// The customer's record takes a score.
    Moved take(ScoreChanged score) {
        var before = customers.get(score.customerId());
        var standing = new Standing(
                score.tier().key(),
                score.tier().rank(),
                score.tier().previous(),
                score.tier().previousRank(),
                score.tier().seq(),
                null,
                0,
                score.stage().key(),
                score.stage().seq(),
                List.of());
        put(before, before.profiled(), before.smsConsent(), before.emailConsent(), before.inboxConsent(), standing);
        return new Moved(before.standing(), standing, score);
    }

    /// The customer says something else for a channel, or their profile comes at last.
    void speaks(long id) {
        var was = customers.get(id);
        var said = chance.of(List.of(true, false));
        switch (was.profiled() ? chance.below(3) : 3) {
            case 0 -> put(was, true, said, was.emailConsent(), was.inboxConsent(), was.standing());
            case 1 -> put(was, true, was.smsConsent(), said, was.inboxConsent(), was.standing());
            case 2 -> put(was, true, was.smsConsent(), was.emailConsent(), said, was.standing());
            default -> put(was, true, was.smsConsent(), was.emailConsent(), was.inboxConsent(), was.standing());
        }
    }

    private void put(Customer was, boolean profiled, Boolean sms, Boolean email, Boolean inbox, Standing standing) {
        customers.put(
                was.id(),
                new Customer(
                        MERCHANT,
                        was.id(),
                        profiled,
                        was.externalId(),
                        null,
                        was.timeZone(),
                        was.phone(),
                        was.email(),
                        sms,
                        email,
                        inbox,
                        was.unsubscribeToken(),
                        false,
                        null,
                        standing,
                        null));
    }

    void turn(long campaign, String state) {
        var plan = plans.get(campaign);
        plans.put(
                campaign,
                new Plan(
                        MERCHANT, campaign, 1, plan.name(), state, plan.salt(), plan.activatedAt(), plan.definition()));
    }

    boolean active(long campaign) {
        return plans.get(campaign).active();
    }

    Rules rules(long campaign) {
        return plans.get(campaign).definition().rules();
    }

    /// Those that say how urgent they are.
    Map<Long, Preferred> preferred() {
        return plans.values().stream()
                .filter(Plan::active)
                .map(plan -> new Preferred(MERCHANT, plan.campaignId(), priority(plan.campaignId())))
                .filter(one -> one.priority().before(Priority.NONE))
                .collect(Collectors.toMap(Preferred::campaignId, Function.identity()));
    }

    Priority priority(long campaign) {
        return new Priority(rules(campaign).priority(), rules(campaign).expectedValue());
    }

    boolean isSubject(long campaign, boolean transactionalToo) {
        return !rules(campaign).transactional() || transactionalToo;
    }

    BigDecimal holdout(long campaign) {
        if (!isSubject(campaign, settings.policy().transactional().holdout())) {
            return BigDecimal.ZERO;
        }
        if (settings.policy().globalHoldout() != null) {
            return settings.policy().globalHoldout().percent();
        }
        var own = plans.get(campaign).definition().holdoutPercent();
        return own == null ? settings.holdoutPercent() : own;
    }

    Answers answers() {
        return KnownAnswers.of(plans.values(), customers.values(), shop, settings);
    }
}
