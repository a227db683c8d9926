package io.regulars.scoring.report;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
import io.regulars.scoring.group.Groups;
import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Models;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Recency by frequency, from the histories.
@Path("/v1/reports/rfm-grid")
@Tag(name = "reports")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class RfmGridResource {

    private final Merchant merchant;
    private final Shops shops;
    private final Models models;
    private final Histories histories;
    private final Clock clock;

    RfmGridResource(Merchant merchant, Shops shops, Models models, Histories histories, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.models = models;
        this.histories = histories;
        this.clock = clock;
    }

    /// @param customers who ever bought
    /// @param window over which orders and sales count; absent for all of the history
    /// @param recency the five classes by days since the last purchase, from the longest ago
    /// @param frequency the five classes by orders, from the fewest
    /// @param cells all 25, from the worst
    public record RfmGridReport(
            Instant asOf,
            long customers,
            Period window,
            List<GridClass> recency,
            List<GridClass> frequency,
            List<GridCell> cells) {}

    /// @param no 1 to 5, 5 being the best
    /// @param least the smallest value that a customer of the class has, absent where there is nobody
    /// @param most the greatest one
    public record GridClass(int no, Long least, Long most, long customers) {}

    /// @param share of all who ever bought, 0 to 1
    /// @param orders and `sales` in the window
    /// @param averageOrderValue absent where there is no order
    public record GridCell(
            int recency,
            int frequency,
            long customers,
            BigDecimal share,
            long orders,
            Money sales,
            Money averageOrderValue) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Buyers five by five, by days since the last purchase and by orders; also as text/csv",
            description = "Recency, orders and sales are those of the RFM groups: days from the last purchase day until"
                    + " today, orders that count, and what was kept of them, in the active model's window. Without"
                    + " edges each axis is cut into fifths of those who ever bought: a customer's class is 1 plus the"
                    + " whole part of 5 × (how many are worse) ÷ (how many there are). Customers of the same value are"
                    + " never parted: all of them are in the class of the first, so classes differ in size and some"
                    + " may be empty. Class 5 is the best.")
    public RfmGridReport grid(
            @Parameter(
                            description =
                                    "four rising days, instead of fifths: who bought fewer days ago than the first"
                                            + " is of class 5, who bought as many as the last or more is of class 1",
                            example = "30,60,90,180")
                    @QueryParam("recencyEdges")
                    String recencyEdges,
            @Parameter(
                            description = "four rising numbers of orders, instead of fifths: fewer than the first is"
                                    + " class 1, as many as the last or more is class 5",
                            example = "2,3,5,10")
                    @QueryParam("frequencyEdges")
                    String frequencyEdges) {
        var recency = edges("recencyEdges", recencyEdges);
        var frequency = edges("frequencyEdges", frequencyEdges);
        var shop = shops.known(merchant.id());
        var rules = models.active(shop).definition().groups();
        var now = clock.instant();
        var today = shop.day(now);
        var grid = new RfmGrid();
        histories.all(shop.merchantId(), present -> {
            var rfm = Groups.measure(present.history(), rules, today);
            if (rfm != null) {
                grid.add(rfm);
            }
        });
        return report(now, rules.window(), grid.grid(recency, frequency), shop);
    }

    @GET
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String table(
            @QueryParam("recencyEdges") String recencyEdges, @QueryParam("frequencyEdges") String frequencyEdges) {
        return Csv.of(
                List.of(
                        "recency",
                        "frequency",
                        "customers",
                        "share",
                        "orders",
                        "sales",
                        "averageOrderValue",
                        "currency"),
                grid(recencyEdges, frequencyEdges).cells().stream()
                        .map(cell -> Arrays.asList(
                                cell.recency(),
                                cell.frequency(),
                                cell.customers(),
                                cell.share(),
                                cell.orders(),
                                cell.sales().amount(),
                                cell.averageOrderValue() == null
                                        ? null
                                        : cell.averageOrderValue().amount(),
                                cell.sales().currency()))
                        .toList());
    }

    private static RfmGridReport report(Instant now, Period window, RfmGrid.Grid grid, Shop shop) {
        var customers =
                grid.frequency().stream().mapToLong(RfmGrid.Band::customers).sum();
        var cells = new ArrayList<GridCell>();
        for (var recency = 1; recency <= RfmGrid.CLASSES; recency++) {
            for (var frequency = 1; frequency <= RfmGrid.CLASSES; frequency++) {
                var cell = grid.cell(recency, frequency);
                cells.add(new GridCell(
                        recency,
                        frequency,
                        cell.customers,
                        Share.of(cell.customers, customers),
                        cell.orders,
                        Money.ofMinor(cell.sales, shop.currency()),
                        Share.average(cell.sales, cell.orders, shop.currency())));
            }
        }
        return new RfmGridReport(now, customers, window, classes(grid.recency()), classes(grid.frequency()), cells);
    }

    private static List<GridClass> classes(List<RfmGrid.Band> classes) {
        return classes.stream()
                .map(one -> new GridClass(one.no(), one.least(), one.most(), one.customers()))
                .toList();
    }

    private static long[] edges(String field, String text) {
        if (text == null) {
            return null;
        }
        var parts = text.split(",", -1);
        var edges = new long[parts.length];
        var rising = parts.length == RfmGrid.CLASSES - 1;
        for (var i = 0; i < parts.length && rising; i++) {
            rising = parts[i].matches("[0-9]{1,9}");
            edges[i] = rising ? Long.parseLong(parts[i]) : 0;
            rising = rising && edges[i] > (i == 0 ? 0 : edges[i - 1]);
        }
        if (!rising) {
            throw Problems.invalid(
                    field, "must be four whole numbers above 0, each greater than the one before, such as 2,3,5,10");
        }
        return edges;
    }
}
