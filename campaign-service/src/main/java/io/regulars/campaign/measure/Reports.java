package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.lift.Analysis;
import io.regulars.campaign.measure.CampaignReport.Attributed;
import io.regulars.campaign.measure.CampaignReport.ChannelLine;
import io.regulars.campaign.measure.CampaignReport.Funnel;
import io.regulars.campaign.measure.CampaignReport.Shift;
import io.regulars.campaign.measure.CampaignReport.TierLine;
import io.regulars.campaign.price.PriceList;
import io.regulars.campaign.price.Prices;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.kit.money.Money;

/// Puts a campaign's report together.
@ApplicationScoped
class Reports {

    /// What the parts of a report are made from.
    private record Facts(
            Shop shop,
            Prices prices,
            List<Enrolled.Row> enrolled,
            List<Sendings.Row> sent,
            List<Attribution.Row> shares,
            List<Discounts.Row> discounts,
            Outcomes.Found outcomes) {}

    private final Clock clock;
    private final PriceList priceList;
    private final Enrolled enrolled;
    private final Sendings sendings;
    private final Attribution attribution;
    private final Discounts discounts;
    private final Outcomes outcomes;
    private final Lifts lifts;
    private final Splits splits;

    Reports(
            Clock clock,
            PriceList priceList,
            Enrolled enrolled,
            Sendings sendings,
            Attribution attribution,
            Discounts discounts,
            Outcomes outcomes,
            Lifts lifts,
            Splits splits) {
        this.clock = clock;
        this.priceList = priceList;
        this.enrolled = enrolled;
        this.sendings = sendings;
        this.attribution = attribution;
        this.discounts = discounts;
        this.outcomes = outcomes;
        this.lifts = lifts;
        this.splits = splits;
    }

    /// @param effect relative, that one wishes to see; null for the observed one
    CampaignReport of(Plan plan, Shop shop, Scope scope, Model model, Double effect) {
        List<Enrolled.Row> counted = enrolled.count(scope);
        Scope since = scope.since(counted.stream()
                .map(Enrolled.Row::first)
                .min(Comparator.naturalOrder())
                .orElse(null));
        var facts = new Facts(
                shop,
                priceList.of(scope.merchant(), shop.currency()).prices(),
                counted,
                sendings.count(since),
                attribution.share(since, model),
                discounts.cost(since),
                outcomes.of(since, clock.instant()));
        Economics economics = Economics.of(sales(facts.shares()), facts.discounts(), facts.sent(), facts.prices());
        return new CampaignReport(
                Campaigns.publicId(plan.campaignId()),
                plan.name(),
                scope.from(),
                scope.to(),
                scope.window().toString(),
                model.json(),
                funnel(facts.enrolled(), enrolled.reached(since)),
                new Attributed(orders(facts.shares()), economics),
                lifts.of(plan, shop, scope, facts.outcomes().draws(), economics, facts.prices(), effect),
                splits.of(plan, since, effect, shop.currency()),
                ChannelNames.ALL.stream()
                        .map(channel -> channel(channel, facts))
                        .toList(),
                new TreeSet<>(facts.enrolled().stream().map(Enrolled.Row::tier).toList())
                        .stream().map(tier -> tier(tier, facts)).toList(),
                shifts("tier", facts.outcomes()),
                shifts("group", facts.outcomes()));
    }

    private static Funnel funnel(List<Enrolled.Row> rows, Enrolled.Reached reached) {
        long all = rows.stream().mapToLong(Enrolled.Row::enrolled).sum();
        long waiting = rows.stream().mapToLong(Enrolled.Row::waiting).sum();
        long refused = rows.stream().mapToLong(Enrolled.Row::refused).sum();
        return new Funnel(
                all,
                waiting,
                refused,
                all - waiting - refused,
                rows.stream().mapToLong(Enrolled.Row::heldOut).sum(),
                reached.sent(),
                reached.delivered(),
                reached.opened(),
                reached.clicked(),
                reached.bought());
    }

    private static ChannelLine channel(String channel, Facts facts) {
        List<Sendings.Row> sent = facts.sent().stream()
                .filter(row -> row.channel().equals(channel))
                .toList();
        List<Attribution.Row> shares = facts.shares().stream()
                .filter(row -> row.channel().equals(channel))
                .toList();
        String currency = facts.shop().currency();
        long messages = sent.stream().mapToLong(Sendings.Row::sent).sum();
        BigDecimal cost = facts.prices().cost(channel, messages);
        return new ChannelLine(
                channel,
                sent.stream().mapToLong(Sendings.Row::waiting).sum(),
                messages,
                sent.stream().mapToLong(Sendings.Row::delivered).sum(),
                sent.stream().mapToLong(Sendings.Row::opened).sum(),
                sent.stream().mapToLong(Sendings.Row::clicked).sum(),
                sent.stream().mapToLong(Sendings.Row::bounced).sum(),
                sent.stream().mapToLong(Sendings.Row::skipped).sum(),
                sent.stream().mapToLong(Sendings.Row::failed).sum(),
                sent.stream().mapToLong(Sendings.Row::uncertain).sum(),
                cost == null
                        ? null
                        : Money.ofMinor(cost.setScale(0, RoundingMode.HALF_UP).longValueExact(), currency),
                orders(shares),
                Money.ofMinor(sales(shares), currency));
    }

    private TierLine tier(String tier, Facts facts) {
        List<Sendings.Row> sent =
                facts.sent().stream().filter(row -> row.tier().equals(tier)).toList();
        List<Attribution.Row> shares =
                facts.shares().stream().filter(row -> row.tier().equals(tier)).toList();
        List<Discounts.Row> off = facts.discounts().stream()
                .filter(row -> row.tier().equals(tier))
                .toList();
        List<Enrolled.Row> rows =
                facts.enrolled().stream().filter(row -> row.tier().equals(tier)).toList();
        Analysis lift = lifts.ofTier(
                facts.outcomes().tiers().stream()
                        .filter(row -> tier.equals(row.tier()))
                        .map(Outcomes.OfTier::arm)
                        .toList(),
                facts.shop());
        return new TierLine(
                named(tier),
                rows.stream().mapToLong(Enrolled.Row::enrolled).sum(),
                rows.stream().mapToLong(Enrolled.Row::heldOut).sum(),
                sent.stream().mapToLong(Sendings.Row::sent).sum(),
                orders(shares),
                Economics.of(sales(shares), off, sent, facts.prices()),
                lift.arms(),
                lift.comparisons().getFirst());
    }

    private static List<Shift> shifts(String kind, Outcomes.Found outcomes) {
        return outcomes.shifts().stream()
                .filter(shift -> shift.kind().equals(kind))
                .map(shift -> new Shift(named(shift.before()), named(shift.now()), shift.treated(), shift.heldOut()))
                .toList();
    }

    static BigDecimal orders(List<Attribution.Row> shares) {
        return shares.stream().map(Attribution.Row::orders).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static long sales(List<Attribution.Row> shares) {
        return shares.stream().mapToLong(Attribution.Row::sales).reduce(0, Math::addExact);
    }

    static String named(String tier) {
        return tier.isEmpty() ? null : tier;
    }
}
