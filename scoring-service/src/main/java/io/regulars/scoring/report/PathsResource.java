package io.regulars.scoring.report;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import io.regulars.scoring.history.Shops;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// From the visit to the review, and where customers leave.
@Path("/v1/reports/paths")
@Tag(name = "reports")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class PathsResource {

    private static final int MOST_DAYS = 92;
    private static final int MOST_TRANSITIONS = 50;

    private final Merchant merchant;
    private final Shops shops;
    private final PathRows rows;
    private final Clock clock;

    PathsResource(Merchant merchant, Shops shops, PathRows rows, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.rows = rows;
        this.clock = clock;
    }

    /// @param customers who did anything in the period
    /// @param steps from the visit to the review
    /// @param transitionsInAll of which the most frequent 50 are listed
    public record PathReport(
            LocalDate from,
            LocalDate to,
            long customers,
            List<PathStep> steps,
            long transitionsInAll,
            List<Transition> transitions) {}

    /// @param step `visit`, `view`, `cart`, `order` or `review`
    /// @param kinds the kinds of interactions that are this step
    /// @param did customers who did this in the period, whatever came before
    /// @param reached customers who did it after all steps before it, one after the other
    /// @param share of those who reached the first step, 0 to 1
    /// @param dropped who reached the step before and not this one
    /// @param dropOff they as a share of those who reached the step before, 0 to 1
    public record PathStep(
            String step,
            List<String> kinds,
            long did,
            long reached,
            BigDecimal share,
            long dropped,
            BigDecimal dropOff) {}

    /// @param times how often, by all customers together
    /// @param share of all transitions, 0 to 1
    public record Transition(String from, String to, long times, BigDecimal share) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "How far customers got from visit to review in a period, and what they did next; also as text/csv",
            description = "From the interactions of the period and its orders that count now (`order_completed`, at"
                    + " the instant of the order). A customer reaches a step by doing it no earlier than the step"
                    + " before, all within the period: visit, then search or view, then cart, then order, then review."
                    + " A transition goes from one thing a customer did to the next of another kind; the same kind"
                    + " several times running is one. At most 92 days.")
    public PathReport paths(
            @Parameter(example = "2026-01-01") @QueryParam("from") String from,
            @Parameter(description = "tomorrow where absent, so that today counts", example = "2026-04-01")
                    @QueryParam("to")
                    String to) {
        var shop = shops.known(merchant.id());
        var days = Days.of(from, to, shop, clock).atMost(MOST_DAYS);
        var funnel = rows.funnel(shop.merchantId(), Days.start(days.first(), shop), Days.start(days.last(), shop));
        return new PathReport(
                days.first(),
                days.last(),
                funnel.customers(),
                steps(funnel),
                funnel.moves(),
                funnel.mostFrequent(MOST_TRANSITIONS).stream()
                        .map(move -> new Transition(
                                move.getKey().from(),
                                move.getKey().to(),
                                move.getValue(),
                                Share.of(move.getValue(), funnel.moves())))
                        .toList());
    }

    @GET
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String table(@QueryParam("from") String from, @QueryParam("to") String to) {
        var report = paths(from, to);
        return Csv.of(
                List.of("part", "from", "to", "count", "share", "did", "dropped", "dropOff"),
                Stream.concat(
                                report.steps().stream()
                                        .map(step -> Arrays.asList(
                                                "step",
                                                null,
                                                step.step(),
                                                step.reached(),
                                                step.share(),
                                                step.did(),
                                                step.dropped(),
                                                step.dropOff())),
                                report.transitions().stream()
                                        .map(move -> Arrays.asList(
                                                "transition",
                                                move.from(),
                                                move.to(),
                                                move.times(),
                                                move.share(),
                                                null,
                                                null,
                                                null)))
                        .toList());
    }

    private static List<PathStep> steps(Funnel funnel) {
        var steps = new ArrayList<PathStep>();
        var first = funnel.reached(Funnel.Step.visit);
        var before = first;
        for (var step : Funnel.Step.values()) {
            var reached = funnel.reached(step);
            steps.add(new PathStep(
                    step.name(),
                    step.kinds.stream().sorted().toList(),
                    funnel.did(step),
                    reached,
                    Share.of(reached, first),
                    before - reached,
                    Share.of(before - reached, before)));
            before = reached;
        }
        return steps;
    }
}
