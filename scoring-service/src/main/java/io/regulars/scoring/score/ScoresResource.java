package io.regulars.scoring.score;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import io.regulars.kit.csv.Csv;
import io.regulars.kit.csv.CsvPage;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.churn.Sign;
import io.regulars.scoring.group.Groups;
import io.regulars.scoring.history.Customers;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.lifecycle.Stage;
import io.regulars.scoring.score.Step.Dimension;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// Scores, with their reasons.
@Path("/v1/scores")
@Tag(name = "scores")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
@Transactional
public class ScoresResource {

    private static final List<String> CHURN = Stream.concat(
                    Stream.of("true"), Arrays.stream(Sign.values()).map(Sign::name))
            .toList();

    private final Merchant merchant;
    private final Shops shops;
    private final Customers customers;
    private final ScoreList scores;
    private final StepRows steps;
    private final Explain explain;
    private final Clock clock;

    ScoresResource(
            Merchant merchant,
            Shops shops,
            Customers customers,
            ScoreList scores,
            StepRows steps,
            Explain explain,
            Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.customers = customers;
        this.scores = scores;
        this.steps = steps;
        this.explain = explain;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "List scores, filtered by tier, RFM group, lifecycle stage and warning of churn; also as text/csv",
            description = "As CSV, page by page too: the next one's address is in the `Link` header.")
    public Page<ScoreView> list(
            @Parameter(example = "vip") @QueryParam("tier") String tier,
            @Parameter(example = "111") @QueryParam("group") String group,
            @Parameter(example = "sleeping") @QueryParam("stage") String stage,
            @Parameter(
                            description = "`true` for all who are about to be lost, or one of the signs: `frequency`,"
                                    + " `amount`, `alive`",
                            example = "true")
                    @QueryParam("churn")
                    String churn,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        var most = Limit.of(limit);
        var after = Cursor.decodeLong(cursor);
        if (churn != null && !CHURN.contains(churn)) {
            throw Problems.invalid("churn", "must be one of " + String.join(", ", CHURN));
        }
        if (group != null && !Groups.EVERY_KEY.contains(group)) {
            throw Problems.invalid("group", "must be one of " + String.join(", ", Groups.EVERY_KEY));
        }
        if (stage != null && Arrays.stream(Stage.values()).map(Stage::key).noneMatch(stage::equals)) {
            throw Problems.invalid(
                    "stage",
                    "must be one of "
                            + Arrays.stream(Stage.values()).map(Stage::key).collect(Collectors.joining(", ")));
        }
        var currency = shops.find(merchant.id()).map(Shop::currency).orElse("CNY");
        var rows = scores.list(merchant.id(), tier, group, stage, churn, after, most + 1);
        return Page.of(rows, most, row -> new Object[] {row.customerId()}).map(row -> ScoreView.from(row, currency));
    }

    @GET
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public Response table(
            @QueryParam("tier") String tier,
            @QueryParam("group") String group,
            @QueryParam("stage") String stage,
            @QueryParam("churn") String churn,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context UriInfo asked) {
        return CsvPage.of(list(tier, group, stage, churn, limit, cursor), asked, ScoreView.COLUMNS, ScoreView::cells);
    }

    @GET
    @Path("/{customer}")
    @Operation(
            summary =
                    "One customer's score: tier, group, stage, each dimension with its points, what the next tier takes",
            description = "With `asOf`, as it was at that instant, judged from the orders as they stand now.")
    public Explanation one(
            @Parameter(description = "`cus_…` or `ext:` and the merchant's own id", example = "ext:12346") @RestPath
                    String customer,
            @Parameter(example = "1998-07-01T00:00:00Z") @QueryParam("asOf") String asOf) {
        var instant = AsOf.parse(asOf);
        var id = customers.named(merchant.id(), customer);
        var shop = known(customer);
        return instant == null ? explain.now(shop, id, clock.instant()) : explain.asOf(shop, id, instant);
    }

    @GET
    @Path("/{customer}/history")
    @Operation(
            summary =
                    "A customer's tier changes, groups and stages entered, warnings of churn, the latest first, with their reasons")
    public Page<StepView> history(
            @Parameter(example = "ext:12346") @RestPath String customer,
            @Parameter(description = "`tier`, `group`, `stage` or `churn`; all where absent") @QueryParam("dimension")
                    String dimension,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        var most = Limit.of(limit);
        if (dimension != null
                && Arrays.stream(Dimension.values())
                        .noneMatch(known -> known.name().equals(dimension))) {
            throw Problems.invalid("dimension", "must be tier, group, stage or churn");
        }
        var after = StepCursor.decode(cursor);
        var id = customers.named(merchant.id(), customer);
        var rows = steps.of(merchant.id(), id, dimension, after, most + 1);
        return Page.of(rows, most, StepCursor::key).map(StepView::from);
    }

    private Shop known(String customer) {
        return shops.find(merchant.id()).filter(Shop::known).orElseThrow(() -> Problems.notFound("score of", customer));
    }

    /// Reads the instant that a caller asks about.
    private static final class AsOf {

        private static Instant parse(String text) {
            if (text == null) {
                return null;
            }
            try {
                return java.time.OffsetDateTime.parse(text).toInstant();
            } catch (java.time.DateTimeException e) {
                throw Problems.invalid("asOf", "must be an instant with offset such as 1998-07-01T00:00:00Z");
            }
        }
    }

    /// Where a page of steps ends.
    private static final class StepCursor {

        private static Object[] key(Step step) {
            return new Object[] {step.since(), step.dimension(), step.seq()};
        }

        private static StepRows.Place decode(String cursor) {
            List<String> parts = Cursor.decode(cursor, 3);
            try {
                return parts == null
                        ? null
                        : new StepRows.Place(Instant.parse(parts.get(0)), parts.get(1), Long.parseLong(parts.get(2)));
            } catch (java.time.DateTimeException | NumberFormatException e) {
                throw Problems.invalid("cursor", "is not one that this list gave; begin without a cursor");
            }
        }
    }
}
