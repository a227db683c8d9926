package io.regulars.scoring.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.EngagementRecorded;
import io.regulars.events.InteractionRecorded;
import io.regulars.scoring.history.HistoryRows.Act;
import io.regulars.scoring.rows.Columns;
import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// What customers did besides ordering: each fact kept once, and counted in its customer's history.
@ApplicationScoped
public class Interactions {

    private static final String VISITED = "visited";
    private static final String REVIEWED = "product_reviewed";
    private static final String SURVEYED = "survey_answered";

    /// What counts as an act towards the shop.
    static final Set<String> ACTS =
            Set.of("campaign_joined", REVIEWED, SURVEYED, "product_favourited", "inquired", "called_back");

    static final Set<String> COUNTED = Set.copyOf(union(ACTS, VISITED));

    /// The answers to a message that count as an act.
    private static final Set<String> ANSWERS = Set.of("opened", "clicked", "redeemed");

    private static final int POINTS_PER_STAR = 20;

    /// Only what is written for the first time comes back, and is counted.
    private static final String RECORD = """
            insert into interaction (merchant_id, customer_id, interaction_id, kind, at, rating)
            select :merchant, * from unnest(:customers::bigint[], :ids::bigint[], :kinds::text[],
              :at::text[]::timestamptz[], :ratings::int[])
            on conflict do nothing
            returning customer_id, kind, at, rating
            """;

    private static final String ENGAGE = """
            insert into engagement (merchant_id, customer_id, engagement_id, kind, campaign_id, at)
            select :merchant, * from unnest(:customers::bigint[], :ids::text[], :kinds::text[], :campaigns::bigint[],
              :at::text[]::timestamptz[])
            on conflict do nothing
            returning customer_id, kind, at, null::int as rating
            """;

    private static final String COUNT = """
            select kind, count(*) as times from interaction
            where merchant_id = :merchant and customer_id = :customer group by kind
            """;

    /// @param rating as it was told, or null
    record Fact(long customerId, String kind, Instant at, Integer rating) {}

    private final Jdbi jdbi;
    private final Shops shops;
    private final HistoryRows histories;

    Interactions(Jdbi jdbi, Shops shops, HistoryRows histories) {
        this.jdbi = jdbi;
        this.shops = shops;
        this.histories = histories;
    }

    private static Set<String> union(Set<String> some, String another) {
        var all = new TreeSet<>(some);
        all.add(another);
        return all;
    }

    /// @return those whose history it changed
    public Touched record(int merchant, List<InteractionRecorded> events) {
        var sorted = events.stream()
                .sorted(Comparator.comparingLong(InteractionRecorded::customerId))
                .toList();
        var shop = shops.hold(merchant);
        meet(merchant, sorted.stream().map(InteractionRecorded::customerId).toList());
        var facts =
                jdbi.withHandle(handle -> Columns.of(handle.createQuery(RECORD).bind("merchant", merchant), sorted)
                        .longs("customers", InteractionRecorded::customerId)
                        .longs("ids", InteractionRecorded::interactionId)
                        .texts("kinds", InteractionRecorded::kind)
                        .texts("at", InteractionRecorded::at)
                        .ints("ratings", InteractionRecorded::rating)
                        .bound()
                        .map((row, context) -> fact(row))
                        .list());
        var live = sorted.stream()
                .filter(event -> !event.backfill())
                .map(InteractionRecorded::customerId)
                .collect(Collectors.toSet());
        return count(shop, facts, live);
    }

    /// @return those whose history it changed
    public Touched engage(int merchant, List<EngagementRecorded> events) {
        var answers = events.stream()
                .filter(event -> ANSWERS.contains(event.kind()))
                .sorted(Comparator.comparingLong(EngagementRecorded::customerId))
                .toList();
        if (answers.isEmpty()) {
            return Touched.NOBODY;
        }
        var shop = shops.hold(merchant);
        meet(merchant, answers.stream().map(EngagementRecorded::customerId).toList());
        var facts =
                jdbi.withHandle(handle -> Columns.of(handle.createQuery(ENGAGE).bind("merchant", merchant), answers)
                        .longs("customers", EngagementRecorded::customerId)
                        .texts("ids", EngagementRecorded::engagementId)
                        .texts("kinds", EngagementRecorded::kind)
                        .longs("campaigns", EngagementRecorded::campaignId)
                        .texts("at", EngagementRecorded::at)
                        .bound()
                        .map((row, context) -> fact(row))
                        .list());
        return count(
                shop,
                facts,
                answers.stream().map(EngagementRecorded::customerId).collect(Collectors.toSet()));
    }

    private void meet(int merchant, List<Long> customers) {
        histories.meet(merchant, new TreeSet<>(customers));
    }

    private Touched count(Shop shop, List<Fact> facts, Set<Long> live) {
        var acts = facts.stream().flatMap(fact -> act(shop, fact).stream()).toList();
        if (acts.isEmpty()) {
            return Touched.NOBODY;
        }
        histories.act(shop.merchantId(), acts);
        var touched = acts.stream().map(Act::customerId).collect(Collectors.toCollection(TreeSet::new));
        var alive = new TreeSet<>(touched);
        alive.retainAll(live);
        return new Touched(touched, alive, Set.of());
    }

    /// What a fact adds to its customer's history; empty where it adds nothing.
    static Optional<Act> act(Shop shop, Fact fact) {
        var visit = fact.kind().equals(VISITED) ? 1 : 0;
        var act = ACTS.contains(fact.kind()) || ANSWERS.contains(fact.kind()) ? 1 : 0;
        var rating = outOfHundred(fact);
        if (visit + act == 0 && rating == null) {
            return Optional.empty();
        }
        var acts =
                new Activity.Acts(shop.day(fact.at()), visit, act, rating == null ? 0 : 1, rating == null ? 0 : rating);
        return Optional.of(new Act(fact.customerId(), acts));
    }

    /// A review has one star to five, of which each is worth 20; a survey says 0 to 100 itself.
    private static Integer outOfHundred(Fact fact) {
        if (fact.rating() == null) {
            return null;
        }
        return switch (fact.kind()) {
            case REVIEWED -> Math.clamp(fact.rating(), 1, 5) * POINTS_PER_STAR;
            case SURVEYED -> Math.clamp(fact.rating(), 0, 100);
            default -> null;
        };
    }

    private static Fact fact(ResultSet row) throws SQLException {
        return new Fact(
                row.getLong("customer_id"),
                row.getString("kind"),
                Fields.instant(row, "at"),
                row.getObject("rating", Integer.class));
    }

    /// How often each kind was recorded.
    public Map<String, Long> counts(int merchant, long customer) {
        var counts = new HashMap<String, Long>();
        jdbi.useHandle(handle -> handle.createQuery(COUNT)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .map((row, context) -> counts.put(row.getString("kind"), row.getLong("times")))
                .list());
        return counts;
    }
}
