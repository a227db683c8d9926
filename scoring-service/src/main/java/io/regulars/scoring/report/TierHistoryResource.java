package io.regulars.scoring.report;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.regulars.kit.csv.Csv;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.money.Money;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.report.TierHistory.Moves;
import io.regulars.scoring.report.TierHistory.Sales;
import io.regulars.scoring.tier.TierRules.Tier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Tiers over time. Days are the merchant's; each stands for its beginning.
@Path("/v1/reports")
@Tag(name = "reports")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class TierHistoryResource {

    private static final int MOST_POINTS = 400;

    private final Merchant merchant;
    private final Shops shops;
    private final Models models;
    private final TierHistory history;
    private final Clock clock;

    TierHistoryResource(Merchant merchant, Shops shops, Models models, TierHistory history, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.models = models;
        this.history = history;
        this.clock = clock;
    }

    /// @param customers whom the shop knew on both days
    /// @param upgradeRate of them, 0 to 1
    /// @param moves the matrix, tiers that were kept and customers who came in between included
    public record MigrationReport(
            LocalDate from,
            LocalDate to,
            long customers,
            long upgraded,
            long downgraded,
            BigDecimal upgradeRate,
            BigDecimal downgradeRate,
            List<Move> moves) {}

    /// @param from absent for customers who came after the first day
    public record Move(String from, String to, long customers) {}

    public record TrendReport(LocalDate from, LocalDate to, Period step, List<Point> points) {}

    /// @param customers of each tier of the present ladder, and of those before it that somebody held
    /// @param shares of all customers, 0 to 1
    /// @param sales by tier, from this day until the next point, the last one's until `to`
    /// @param salesBeforeTiers of the same days, of customers who held no tier yet
    public record Point(
            LocalDate day,
            long all,
            Map<String, Long> customers,
            Map<String, BigDecimal> shares,
            Map<String, Money> sales,
            Money salesBeforeTiers) {}

    @GET
    @Path("/migrations")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "How many customers went from which tier to which between two days; also as text/csv")
    public MigrationReport migrations(
            @Parameter(example = "2026-01-01") @QueryParam("from") String from,
            @Parameter(description = "tomorrow where absent, so that today counts", example = "2026-04-01")
                    @QueryParam("to")
                    String to) {
        var shop = shop();
        var days = Days.of(from, to, shop, clock);
        var moves = history.moves(shop.merchantId(), Days.start(days.first(), shop), Days.start(days.last(), shop));
        var customers = moves.stream()
                .filter(move -> move.from() != null)
                .mapToLong(Moves::customers)
                .sum();
        var up = moves.stream().mapToLong(Moves::up).sum();
        var down = moves.stream().mapToLong(Moves::down).sum();
        return new MigrationReport(
                days.first(),
                days.last(),
                customers,
                up,
                down,
                Share.of(up, customers),
                Share.of(down, customers),
                moves.stream()
                        .sorted(Comparator.comparing((Moves move) -> rank(move.from(), shop))
                                .thenComparing(move -> rank(move.to(), shop)))
                        .map(move -> new Move(move.from(), move.to(), move.customers()))
                        .toList());
    }

    @GET
    @Path("/migrations")
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String migrationsTable(@QueryParam("from") String from, @QueryParam("to") String to) {
        return Csv.of(
                List.of("from", "to", "customers"),
                migrations(from, to).moves().stream()
                        .map(move -> Arrays.asList(move.from(), move.to(), move.customers()))
                        .toList());
    }

    @GET
    @Path("/tiers/trend")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Sizes, shares and sales of each tier, day by day, week by week or month by month; also as text/csv",
            description = "Sizes are those of the beginning of each day. Sales are what was kept, refunds taken off, of"
                    + " the purchases from that day until the next point; each purchase day counts for the tier that"
                    + " its customer held when the day ended.")
    public TrendReport trend(
            @Parameter(example = "2026-01-01") @QueryParam("from") String from,
            @Parameter(description = "tomorrow where absent", example = "2026-04-01") @QueryParam("to") String to,
            @Parameter(description = "P7D where absent", example = "P1M") @QueryParam("step") String step) {
        var shop = shop();
        var days = Days.of(from, to, shop, clock);
        var period = period(step);
        var points = points(days, period);
        var sizes = history.sizes(
                shop.merchantId(),
                points.stream().map(day -> Days.start(day, shop)).toList());
        var sales = history.sales(shop, points, days.last()).stream().collect(Collectors.groupingBy(Sales::span));
        var report = new ArrayList<Point>();
        for (var i = 0; i < points.size(); i++) {
            report.add(point(points.get(i), sizes.get(i), sales.getOrDefault(i, List.of()), shop));
        }
        return new TrendReport(days.first(), days.last(), period, report);
    }

    @GET
    @Path("/tiers/trend")
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String trendTable(
            @QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("step") String step) {
        return Csv.of(
                List.of("day", "tier", "customers", "share", "sales", "currency"),
                trend(from, to, step).points().stream()
                        .flatMap(TierHistoryResource::rows)
                        .toList());
    }

    private static Stream<List<Object>> rows(Point point) {
        var before = point.salesBeforeTiers();
        return Stream.concat(
                point.customers().entrySet().stream()
                        .map(tier -> List.<Object>of(
                                point.day(),
                                tier.getKey(),
                                tier.getValue(),
                                point.shares().get(tier.getKey()),
                                point.sales().get(tier.getKey()).amount(),
                                before.currency())),
                before.amount().signum() == 0
                        ? Stream.empty()
                        : Stream.of(Arrays.asList(point.day(), null, null, null, before.amount(), before.currency())));
    }

    private static Period period(String step) {
        try {
            var period = step == null ? Period.ofDays(7) : Period.parse(step);
            if (!period.isNegative() && !period.isZero()) {
                return period;
            }
        } catch (DateTimeException e) {
            throw Problems.invalid("step", "must be a period such as P1D, P7D or P1M");
        }
        throw Problems.invalid("step", "must be longer than nothing");
    }

    private static List<LocalDate> points(Days days, Period step) {
        var points = new ArrayList<LocalDate>();
        for (var i = 0; !days.first().plus(step.multipliedBy(i)).isAfter(days.last()); i++) {
            if (i == MOST_POINTS) {
                throw Problems.invalid("step", "gives more than %d points; take a longer one".formatted(MOST_POINTS));
            }
            points.add(days.first().plus(step.multipliedBy(i)));
        }
        return points;
    }

    private Point point(LocalDate day, Map<String, Long> sizes, List<Sales> sold, Shop shop) {
        var all = sizes.values().stream().mapToLong(Long::longValue).sum();
        var amounts = new HashMap<String, Long>();
        sold.forEach(span -> amounts.merge(span.tier() == null ? "" : span.tier(), span.amount(), Long::sum));
        var customers = new LinkedHashMap<String, Long>();
        ladder(shop).forEach(tier -> customers.put(tier.key(), sizes.getOrDefault(tier.key(), 0L)));
        sizes.forEach((tier, count) -> {
            if (count > 0) {
                customers.putIfAbsent(tier, count);
            }
        });
        amounts.keySet().stream().filter(tier -> !tier.isEmpty()).forEach(tier -> customers.putIfAbsent(tier, 0L));
        var shares = new LinkedHashMap<String, BigDecimal>();
        var sales = new LinkedHashMap<String, Money>();
        customers.forEach((tier, count) -> {
            shares.put(tier, Share.of(count, all));
            sales.put(tier, Money.ofMinor(amounts.getOrDefault(tier, 0L), shop.currency()));
        });
        return new Point(
                day, all, customers, shares, sales, Money.ofMinor(amounts.getOrDefault("", 0L), shop.currency()));
    }

    private List<Tier> ladder(Shop shop) {
        return models.active(shop).scale().ladder();
    }

    /// Who was not known comes first, tiers of earlier ladders last.
    private int rank(String tier, Shop shop) {
        if (tier == null) {
            return -1;
        }
        var rank = models.active(shop).scale().rankOf(tier);
        return rank < 0 ? Integer.MAX_VALUE : rank;
    }

    private Shop shop() {
        return shops.known(merchant.id());
    }
}
