package io.regulars.scoring.report;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.regulars.kit.csv.Csv;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;
import io.regulars.scoring.forecast.Products;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.lifecycle.LifecycleRules.CycleBasis;
import io.regulars.scoring.lifecycle.Stage;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.report.ReportViews.CycleReport;
import io.regulars.scoring.report.ReportViews.GroupReport;
import io.regulars.scoring.report.ReportViews.Row;
import io.regulars.scoring.report.ReportViews.StageReport;
import io.regulars.scoring.report.ReportViews.TierReport;
import io.regulars.scoring.score.ScoreList;
import io.regulars.scoring.score.ScoreList.Count;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Reports over all of a merchant's customers.
@Path("/v1/reports")
@Tag(name = "reports")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class ReportsResource {

    private static final int MOST_LEARNED = 200;

    private final Merchant merchant;
    private final Shops shops;
    private final Models models;
    private final ScoreList scores;
    private final Products products;
    private final Clock clock;

    ReportsResource(Merchant merchant, Shops shops, Models models, ScoreList scores, Products products, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.models = models;
        this.scores = scores;
        this.products = products;
        this.clock = clock;
    }

    @GET
    @Path("/tiers")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Customers, orders and sales of each tier, from the lowest to the highest; also as text/csv")
    public TierReport tiers() {
        var shop = shop();
        var counts = scores.counts(shop.merchantId());
        var rows = models.active(shop).scale().ladder().stream()
                .map(tier -> row(tier.key(), tier.labels(), Count::tier, counts, shop));
        return new TierReport(clock.instant(), all(counts), rows.toList());
    }

    @GET
    @Path("/tiers")
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String tiersTable() {
        return table(tiers().tiers());
    }

    @GET
    @Path("/groups")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Customers, orders and sales of each RFM group: the eight, or the ten segments of a shop that splits by quintiles; also as text/csv")
    public GroupReport groups() {
        var shop = shop();
        var counts = scores.counts(shop.merchantId());
        var groups = models.active(shop).groups();
        return new GroupReport(
                clock.instant(),
                all(counts),
                groups.keys().stream()
                        .map(key -> row(key, groups.label(key), Count::group, counts, shop))
                        .toList());
    }

    @GET
    @Path("/groups")
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String groupsTable() {
        return table(groups().groups());
    }

    @GET
    @Path("/stages")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Customers, orders and sales of each lifecycle stage; also as text/csv")
    public StageReport stages() {
        var shop = shop();
        var counts = scores.counts(shop.merchantId());
        return new StageReport(
                clock.instant(),
                all(counts),
                Arrays.stream(Stage.values())
                        .map(stage -> row(stage.key(), stage.label(), Count::stage, counts, shop))
                        .toList());
    }

    @GET
    @Path("/stages")
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String stagesTable() {
        return table(stages().stages());
    }

    private static String table(List<Row> rows) {
        return Csv.of(
                List.of("key", "label", "customers", "share", "orders", "sales", "currency"),
                rows.stream()
                        .map(row -> List.of(
                                row.key(),
                                row.label(),
                                row.customers(),
                                row.share(),
                                row.orders(),
                                row.sales().amount(),
                                row.sales().currency()))
                        .toList());
    }

    @GET
    @Path("/cycles")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "How often the shop's customers come back, and how long products last; also as text/csv",
            description = "An interval is the days between two purchase days of one customer that follow each other;"
                    + " several orders of a day are one purchase. A first order ends no interval, and intervals that"
                    + " begin or end with a day of big promotion alone are left out. `pooled` is the median of all"
                    + " intervals; `customers` the median of the customers' own medians, each of whom bought on at least"
                    + " two days. Both are shown, because they differ on every real shop: frequent buyers supply most of"
                    + " the pooled intervals. `used` says which of the two the lifecycle goes by.")
    public CycleReport cycles() {
        var shop = shop();
        var model = models.active(shop);
        return ReportViews.cycles(model, products.learned(shop.merchantId(), MOST_LEARNED));
    }

    @GET
    @Path("/cycles")
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String cyclesTable() {
        var report = cycles();
        return Csv.of(
                List.of("definition", "medianDays", "intervals", "repeatBuyers", "used"),
                List.of(
                        cycle(CycleBasis.pooled, report.pooledMedianDays(), report),
                        cycle(CycleBasis.customers, report.customersMedianDays(), report)));
    }

    private static List<Object> cycle(CycleBasis basis, Double days, CycleReport report) {
        return Arrays.asList(
                basis,
                days,
                report.intervals(),
                report.repeatBuyers(),
                basis.name().equals(report.used()));
    }

    private Shop shop() {
        return shops.known(merchant.id());
    }

    private static long all(List<Count> counts) {
        return counts.stream().mapToLong(Count::customers).sum();
    }

    private static Row row(String key, Words labels, Function<Count, String> dimension, List<Count> counts, Shop shop) {
        var all = all(counts);
        var own = counts.stream()
                .filter(count -> key.equals(dimension.apply(count)))
                .toList();
        var customers = own.stream().mapToLong(Count::customers).sum();
        return new Row(
                key,
                labels.in(shop.locale()),
                labels,
                customers,
                Share.of(customers, all),
                own.stream().mapToLong(Count::orders).sum(),
                Money.ofMinor(own.stream().mapToLong(Count::sales).sum(), shop.currency()));
    }
}
