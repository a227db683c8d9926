package io.regulars.scoring.report;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Who came back, by when they came first; from the histories.
@Path("/v1/reports/cohorts")
@Tag(name = "reports")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class CohortsResource {

    private static final int USUAL_COHORTS = 12;
    private static final int MOST_COHORTS = 60;
    private static final int MOST_PERIODS = 60;

    private final Merchant merchant;
    private final Shops shops;
    private final Histories histories;
    private final Clock clock;

    CohortsResource(Merchant merchant, Shops shops, Histories histories, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.histories = histories;
        this.clock = clock;
    }

    /// @param today up to which purchases count, itself included
    public record CohortReport(String by, LocalDate today, List<Cohort> cohorts) {}

    /// @param start the first day of the period in which they bought first
    /// @param periods their own period and each one after it that has begun, 60 at the most
    public record Cohort(LocalDate start, long customers, List<CohortPeriod> periods) {}

    /// @param no 0 for the cohort's own period
    /// @param customers of the cohort who bought in it
    /// @param share of the cohort, 0 to 1
    /// @param over false while the period lasts: its figures will grow
    public record CohortPeriod(int no, LocalDate start, long customers, BigDecimal share, Money sales, boolean over) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "How many came back in each later period, by the period of their first purchase; also as text/csv",
            description = "A cohort is everybody whose first purchase day that still counts lies in one week (from"
                    + " Monday), month or quarter of the merchant's zone. For each period from then on: how many of"
                    + " them have a purchase day in it, and what they kept of what they bought in it. Orders that were"
                    + " cancelled or wholly refunded do not count, so a refund may move a customer to a later cohort"
                    + " or out of all.")
    public CohortReport cohorts(
            @Parameter(description = "`week`, `month` or `quarter`; month where absent", example = "month")
                    @QueryParam("by")
                    String by,
            @Parameter(
                            description = "a day in the first cohort's period; where absent, 12 cohorts end with `to`",
                            example = "2026-01-01")
                    @QueryParam("from")
                    String from,
            @Parameter(
                            description = "the day after the last one of the cohorts; tomorrow where absent",
                            example = "2026-07-01")
                    @QueryParam("to")
                    String to) {
        var shop = shops.known(merchant.id());
        var today = Days.today(shop, clock);
        var cohorts = asked(by(by), from, to, today);
        histories.all(shop.merchantId(), present -> cohorts.add(present.history()));
        return new CohortReport(
                by(by).name(),
                today,
                IntStream.range(0, cohorts.count())
                        .mapToObj(cohort -> cohort(cohorts, cohort, shop))
                        .toList());
    }

    @GET
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String table(@QueryParam("by") String by, @QueryParam("from") String from, @QueryParam("to") String to) {
        return Csv.of(
                List.of("cohort", "size", "no", "start", "customers", "share", "sales", "currency", "over"),
                cohorts(by, from, to).cohorts().stream()
                        .flatMap(cohort -> cohort.periods().stream()
                                .map(period -> List.of(
                                        cohort.start(),
                                        cohort.customers(),
                                        period.no(),
                                        period.start(),
                                        period.customers(),
                                        period.share(),
                                        period.sales().amount(),
                                        period.sales().currency(),
                                        period.over())))
                        .toList());
    }

    private static Cohorts asked(Cohorts.By by, String from, String to, LocalDate today) {
        var end = to == null ? today.plusDays(1) : Days.parse("to", to);
        var last = by.of(end.minusDays(1));
        var first = from == null ? last - USUAL_COHORTS + 1 : by.of(Days.parse("from", from));
        if (first > last) {
            throw Problems.invalid("to", "must lie after from");
        }
        if (last - first >= MOST_COHORTS) {
            throw Problems.invalid(
                    "from", "gives more than %d cohorts; ask for fewer or longer ones".formatted(MOST_COHORTS));
        }
        return new Cohorts(by, first, last, today, MOST_PERIODS);
    }

    private static Cohorts.By by(String by) {
        return by == null
                ? Cohorts.By.month
                : Arrays.stream(Cohorts.By.values())
                        .filter(known -> known.name().equals(by))
                        .findFirst()
                        .orElseThrow(() -> Problems.invalid("by", "must be week, month or quarter"));
    }

    private static Cohort cohort(Cohorts cohorts, int cohort, Shop shop) {
        var size = cohorts.size(cohort);
        return new Cohort(
                cohorts.start(cohort, 0),
                size,
                IntStream.range(0, cohorts.periods(cohort))
                        .mapToObj(n -> new CohortPeriod(
                                n,
                                cohorts.start(cohort, n),
                                cohorts.buyers(cohort, n),
                                Share.of(cohorts.buyers(cohort, n), size),
                                Money.ofMinor(cohorts.sales(cohort, n), shop.currency()),
                                cohorts.over(cohort, n)))
                        .toList());
    }
}
