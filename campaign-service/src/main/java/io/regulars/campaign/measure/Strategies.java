package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.price.PriceList;
import io.regulars.campaign.price.Prices;
import org.jdbi.v3.core.Jdbi;

/// Sets the campaigns of a period beside each other, or the playbooks that they come from, or the tiers.
@ApplicationScoped
class Strategies {

    /// By what rows are told apart.
    enum By {
        CAMPAIGN,
        /// The playbook that a campaign comes from.
        PLAYBOOK,
        /// The customer's at enrolment.
        TIER
    }

    /// @param campaignId absent where rows are not told apart by campaign, and `name` with it
    /// @param playbook absent of campaigns of the merchant's own, and where rows are told apart by tier alone
    /// @param tier at enrolment, absent of who had none, and where rows are not told apart by it
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

    /// @param campaign 0 where rows are not told apart by it
    /// @param playbook empty for none
    /// @param tier empty for none
    private record Group(long campaign, String playbook, String tier) {
        static final Comparator<Group> ORDER = Comparator.comparingLong(Group::campaign)
                .thenComparing(Group::playbook)
                .thenComparing(Group::tier);
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

    /// @param by not empty
    List<Strategy> of(Shop shop, Scope scope, Model model, Set<By> by) {
        Prices prices = priceList.of(scope.merchant(), shop.currency()).prices();
        List<Enrolled.Row> counted = enrolled.count(scope);
        Map<Long, Named> names = names(
                scope.merchant(),
                counted.stream().map(Enrolled.Row::campaign).distinct().toList());
        BiFunction<Long, String, Group> group = (campaign, tier) -> group(names.get(campaign), tier, by);
        var sent = grouped(sendings.count(scope), row -> group.apply(row.campaign(), row.tier()));
        var shares = grouped(attribution.share(scope, model), row -> group.apply(row.campaign(), row.tier()));
        var off = grouped(discounts.cost(scope), row -> group.apply(row.campaign(), row.tier()));
        var rows = new TreeMap<Group, List<Enrolled.Row>>(Group.ORDER);
        rows.putAll(grouped(counted, row -> group.apply(row.campaign(), row.tier())));
        List<Strategy> strategies = new ArrayList<>();
        rows.forEach((key, of) -> {
            List<Attribution.Row> bought = shares.getOrDefault(key, List.of());
            List<Sendings.Row> messages = sent.getOrDefault(key, List.of());
            strategies.add(new Strategy(
                    key.campaign() == 0 ? null : Campaigns.publicId(key.campaign()),
                    key.campaign() == 0 ? null : names.get(key.campaign()).name(),
                    Reports.named(key.playbook()),
                    Reports.named(key.tier()),
                    of.stream().mapToLong(Enrolled.Row::enrolled).sum(),
                    of.stream().mapToLong(Enrolled.Row::heldOut).sum(),
                    messages.stream().mapToLong(Sendings.Row::sent).sum(),
                    Reports.orders(bought),
                    Economics.of(Reports.sales(bought), off.getOrDefault(key, List.of()), messages, prices)));
        });
        return strategies;
    }

    private static Group group(Named campaign, String tier, Set<By> by) {
        boolean ofOne = by.contains(By.CAMPAIGN);
        return new Group(
                ofOne ? campaign.id() : 0,
                campaign.playbook() != null && (ofOne || by.contains(By.PLAYBOOK)) ? campaign.playbook() : "",
                by.contains(By.TIER) ? tier : "");
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
