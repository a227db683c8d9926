package io.regulars.scoring.report;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.regulars.kit.csv.Csv;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.money.Money;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.report.Losses.Count;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Who was lost, and what could be known of them.
@Path("/v1/reports/losses")
@Tag(name = "reports")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class LossesResource {

    private static final int MOST_DAYS = 366;
    private static final int MOST_ROWS = 50;

    private final Merchant merchant;
    private final Shops shops;
    private final Losses losses;
    private final Clock clock;

    LossesResource(Merchant merchant, Shops shops, Losses losses, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.losses = losses;
        this.clock = clock;
    }

    /// @param byTier the tier that they held when they were lost
    /// @param byRegion their region as the record says it now; regions of fewer than 5 are in `other`
    /// @param byLastCategory the category of what they bought last before
    /// @param byLastRating 1 to 5 of their last review before, or of their last survey, of which 20 points are one
    /// @param byComplaints how often they complained in the 90 days before: 0, 1, 2, or 3 for as many or more
    /// @param byLastCampaign the campaign whose message was the last before, absent where none had been sent
    public record LossReport(
            LocalDate from,
            LocalDate to,
            LossRow all,
            List<LossRow> byTier,
            List<LossRow> byRegion,
            List<LossRow> byLastCategory,
            List<LossRow> byLastRating,
            List<LossRow> byComplaints,
            List<LossRow> byLastCampaign) {

        private Stream<Named> rows() {
            return Stream.of(
                            Stream.of(new Named("all", all)),
                            Named.all("tier", byTier),
                            Named.all("region", byRegion),
                            Named.all("lastCategory", byLastCategory),
                            Named.all("lastRating", byLastRating),
                            Named.all("complaints", byComplaints),
                            Named.all("lastCampaign", byLastCampaign))
                    .flatMap(rows -> rows);
        }
    }

    private record Named(String dimension, LossRow row) {

        private static Stream<Named> all(String dimension, List<LossRow> rows) {
            return rows.stream().map(row -> new Named(dimension, row));
        }
    }

    /// @param key absent where it is not known of these customers, and for all of them
    /// @param other whether these are several keys together, whose rows would have been too many or too small
    /// @param share of all who were lost, 0 to 1
    /// @param salesBefore what they kept of all that they bought before they were lost
    /// @param wonBack who bought again since, the day of the loss included
    /// @param wonBackShare of the row's customers, 0 to 1
    public record LossRow(
            String key,
            boolean other,
            long customers,
            BigDecimal share,
            Money salesBefore,
            long wonBack,
            BigDecimal wonBackShare,
            Money salesSince) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Customers who became lost in a period, by what was known of them; also as text/csv",
            description = "A customer became lost at the instant of their step to the stage `lost`; who became so"
                    + " several times in the period counts once, by the last. Tier, last category (of the dearest line"
                    + " of the last order that counts), last rating (of reviews, 1 to 5, and of surveys, 20 points"
                    + " for one of five), complaints and last campaign are those before that instant; a tier that was"
                    + " first known later stands for the one held before. A customer is won back by a purchase day"
                    + " that counts on the day of the loss or later, until today. Each list has the 50 largest rows at"
                    + " most, the others together as `other`. At most 366 days.")
    public LossReport losses(
            @Parameter(example = "2026-01-01") @QueryParam("from") String from,
            @Parameter(description = "tomorrow where absent, so that today counts", example = "2026-04-01")
                    @QueryParam("to")
                    String to) {
        var shop = shops.known(merchant.id());
        var days = Days.of(from, to, shop, clock).atMost(MOST_DAYS);
        var counts =
                losses.counts(shop, Days.start(days.first(), shop), Days.start(days.last(), shop), clock.instant());
        var all = of("all", counts).getFirst();
        return new LossReport(
                days.first(),
                days.last(),
                row(all, false, all, shop),
                rows("tier", 1, counts, all, shop),
                rows("region", Cells.LEAST, counts, all, shop),
                rows("lastCategory", 1, counts, all, shop),
                rows("lastRating", 1, counts, all, shop),
                rows("complaints", 1, counts, all, shop),
                rows("lastCampaign", 1, campaigns(counts), all, shop));
    }

    @GET
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String table(@QueryParam("from") String from, @QueryParam("to") String to) {
        return Csv.of(
                List.of(
                        "dimension",
                        "key",
                        "customers",
                        "share",
                        "salesBefore",
                        "wonBack",
                        "wonBackShare",
                        "salesSince",
                        "currency"),
                losses(from, to)
                        .rows()
                        .map(named -> List.of(
                                named.dimension(),
                                named.row().other()
                                        ? "other"
                                        : Objects.requireNonNullElse(named.row().key(), ""),
                                named.row().customers(),
                                named.row().share(),
                                named.row().salesBefore().amount(),
                                named.row().wonBack(),
                                named.row().wonBackShare(),
                                named.row().salesSince().amount(),
                                named.row().salesBefore().currency()))
                        .toList());
    }

    /// With the ids that campaign-service gives them.
    private static List<Count> campaigns(List<Count> counts) {
        return counts.stream()
                .map(count -> count.key() == null || !count.dimension().equals("lastCampaign")
                        ? count
                        : count.named(PublicId.format("cmp", Long.parseLong(count.key()))))
                .toList();
    }

    private static List<Count> of(String dimension, List<Count> counts) {
        return counts.stream()
                .filter(count -> count.dimension().equals(dimension))
                .toList();
    }

    /// @param least customers of a row of its own
    private static List<LossRow> rows(String dimension, int least, List<Count> counts, Count all, Shop shop) {
        var rows = new ArrayList<LossRow>();
        Count other = null;
        for (var count : of(dimension, counts)) {
            if (count.customers() >= least && rows.size() < MOST_ROWS) {
                rows.add(row(count, false, all, shop));
            } else {
                other = other == null ? count : plus(other, count);
            }
        }
        if (other != null) {
            rows.add(row(other, true, all, shop));
        }
        return rows;
    }

    private static Count plus(Count one, Count more) {
        return new Count(
                one.dimension(),
                null,
                one.customers() + more.customers(),
                one.salesBefore() + more.salesBefore(),
                one.wonBack() + more.wonBack(),
                one.salesSince() + more.salesSince());
    }

    private static LossRow row(Count count, boolean other, Count all, Shop shop) {
        return new LossRow(
                other ? null : count.key(),
                other,
                count.customers(),
                Share.of(count.customers(), all.customers()),
                Money.ofMinor(count.salesBefore(), shop.currency()),
                count.wonBack(),
                Share.of(count.wonBack(), count.customers()),
                Money.ofMinor(count.salesSince(), shop.currency()));
    }
}
