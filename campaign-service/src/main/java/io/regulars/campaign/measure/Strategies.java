package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Campaigns;
import org.jdbi.v3.core.Jdbi;

/// Sets the campaigns of a period beside each other, tier by tier.
@ApplicationScoped
class Strategies {

    /// @param playbook absent of a campaign of the merchant's own
    /// @param tier at enrolment, absent of who had none
    /// @param sent messages
    /// @param orders shares of orders, parts of one where more than one message had to do with it
    public record Strategy(
            String campaignId,
            String name,
            String playbook,
            String tier,
            long enrolled,
            long heldOut,
            long sent,
            BigDecimal orders,
            Economics economics) {}

    private record Group(long campaign, String tier) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int byCampaign = Long.compare(campaign, other.campaign);
            return byCampaign != 0 ? byCampaign : tier.compareTo(other.tier);
        }
    }

    private record Named(long id, String name, String playbook) {}

    private static final String NAMES =
            "select id, name, playbook from campaign where merchant_id = :merchant and id = any(:campaigns)";

    private final Jdbi jdbi;
    private final PriceList priceList;
    private final Enrolled enrolled;
    private final Sendings sendings;
    private final Attribution attribution;
    private final Discounts discounts;

    Strategies(
            Jdbi jdbi,
            PriceList priceList,
            Enrolled enrolled,
            Sendings sendings,
            Attribution attribution,
            Discounts discounts) {
        this.jdbi = jdbi;
        this.priceList = priceList;
        this.enrolled = enrolled;
        this.sendings = sendings;
        this.attribution = attribution;
        this.discounts = discounts;
    }

    List<Strategy> of(Shop shop, Scope scope, Model model) {
        Prices prices = priceList.inUse(scope.merchant(), shop.currency());
        var sent = grouped(sendings.count(scope), row -> new Group(row.campaign(), row.tier()));
        var shares = grouped(attribution.share(scope, model), row -> new Group(row.campaign(), row.tier()));
        var off = grouped(discounts.cost(scope), row -> new Group(row.campaign(), row.tier()));
        var rows = new TreeMap<Group, Enrolled.Row>();
        enrolled.count(scope).forEach(row -> rows.put(new Group(row.campaign(), row.tier()), row));
        Map<Long, Named> names = names(
                scope.merchant(),
                rows.keySet().stream().map(Group::campaign).distinct().toList());
        List<Strategy> strategies = new ArrayList<>();
        rows.forEach((group, row) -> {
            Named campaign = names.get(group.campaign());
            List<Attribution.Row> bought = shares.getOrDefault(group, List.of());
            List<Sendings.Row> messages = sent.getOrDefault(group, List.of());
            strategies.add(new Strategy(
                    Campaigns.publicId(campaign.id()),
                    campaign.name(),
                    campaign.playbook(),
                    Reports.named(group.tier()),
                    row.enrolled(),
                    row.heldOut(),
                    messages.stream().mapToLong(Sendings.Row::sent).sum(),
                    Reports.orders(bought),
                    Economics.of(Reports.sales(bought), off.getOrDefault(group, List.of()), messages, prices)));
        });
        return strategies;
    }

    private static <R> Map<Group, List<R>> grouped(List<R> rows, Function<R, Group> by) {
        return rows.stream().collect(Collectors.groupingBy(by));
    }

    private Map<Long, Named> names(int merchant, List<Long> campaigns) {
        return jdbi.withHandle(handle -> handle
                .createQuery(NAMES)
                .bind("merchant", merchant)
                .bindArray("campaigns", Long.class, campaigns)
                .map((row, context) -> new Named(row.getLong(1), row.getString(2), row.getString(3)))
                .list()
                .stream()
                .collect(Collectors.toMap(Named::id, Function.identity())));
    }
}
