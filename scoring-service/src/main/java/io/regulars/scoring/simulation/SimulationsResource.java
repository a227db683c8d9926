package io.regulars.scoring.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.Period;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import io.regulars.kit.csv.Csv;
import io.regulars.kit.csv.CsvPage;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.ModelDefinition;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.simulation.SimulationJobs.Job;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// Simulations: answered at once, or asked for as jobs of a model and watched.
@Path("/v1/simulations")
@Tag(name = "simulations")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class SimulationsResource {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final int LATEST_SHOWN = 100;

    private final Merchant merchant;
    private final Shops shops;
    private final Models models;
    private final Simulation simulation;
    private final SimulationJobs jobs;
    private final Movers movers;
    private final Clock clock;

    SimulationsResource(
            Merchant merchant,
            Shops shops,
            Models models,
            Simulation simulation,
            SimulationJobs jobs,
            Movers movers,
            Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.models = models;
        this.simulation = simulation;
        this.jobs = jobs;
        this.movers = movers;
        this.clock = clock;
    }

    /// @param window one window for tiers and groups alike, instead of the rules' own
    /// @param definition other rules than the active model's; parts that are left out are the shipped ones
    public record SimulationRequest(@NotNull Instant asOf, Period window, ModelDefinition definition) {}

    @POST
    @Idempotent
    @Operation(
            summary = "The shop as of any instant, or under other rules",
            description = "Cut-points and cycle are those of the instant, the orders as they stand now. Purchases count"
                    + " by day: all of the instant's day in the merchant's zone are in. Nothing is written.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = SimulationRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "a shop of 1998",
                                            value = "{\"asOf\": \"1998-07-01T00:00:00Z\", \"window\": \"P20Y\"}")))
    public SimulationView simulate(@NotNull @jakarta.validation.Valid SimulationRequest request) {
        check(request.asOf(), request.window());
        checkRules(request.definition());
        var shop = shops.known(merchant.id());
        var rules = request.definition() == null ? models.active(shop).definition() : request.definition();
        var within = request.window() == null ? rules : rules.within(request.window());
        var outcome = simulation.run(shop, shop.modelVersion(), within, request.asOf());
        return SimulationView.from(request.asOf(), request.window(), shop, outcome);
    }

    @GET
    @Operation(summary = "The latest simulations that were asked for as jobs")
    public Page<SimulationJobView> latest() {
        var now = clock.instant();
        var views = jobs.latest(merchant.id(), LATEST_SHOWN).stream()
                .map(job -> SimulationJobView.from(job, false, now))
                .toList();
        return new Page<>(views, null);
    }

    @GET
    @Path("/{simulation}")
    @Operation(summary = "How far a simulation is, and what it found")
    public SimulationJobView one(@Parameter(example = "sim_1") @RestPath String simulation) {
        return SimulationJobView.from(find(simulation), true, clock.instant());
    }

    @DELETE
    @Path("/{simulation}")
    @Operation(
            summary = "Cancel a simulation",
            description = "One that waits is not begun; one that runs breaks off within some thousands of customers.")
    public SimulationJobView cancel(@Parameter(example = "sim_1") @RestPath String simulation) {
        var job = find(simulation);
        if (!jobs.cancel(merchant.id(), job.id())) {
            throw Problems.conflict("the simulation is " + find(simulation).state());
        }
        return SimulationJobView.from(find(simulation), false, clock.instant());
    }

    @GET
    @Path("/{simulation}/scores")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The customers who would move to another tier; also as text/csv",
            description = "As CSV, page by page too: the next one's address is in the `Link` header.")
    public Page<MoverView> scores(
            @Parameter(example = "sim_1") @RestPath String simulation,
            @Parameter(description = "the tier that they have; any where absent", example = "vip") @QueryParam("from")
                    String from,
            @Parameter(description = "the tier that they would have; any where absent", example = "ordinary")
                    @QueryParam("to")
                    String to,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        var most = Limit.of(limit);
        var after = Cursor.decodeLong(cursor);
        var job = find(simulation);
        if (job.result() == null) {
            throw Problems.conflict(
                    "the simulation is %s; who would move is known when it is done".formatted(job.state()));
        }
        var rows = movers.list(merchant.id(), job.id(), from, to, after, most + 1);
        return Page.of(rows, most, row -> new Object[] {row.customerId()}).map(MoverView::from);
    }

    @GET
    @Path("/{simulation}/scores")
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public Response scoresTable(
            @RestPath String simulation,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context UriInfo asked) {
        return CsvPage.of(scores(simulation, from, to, limit, cursor), asked, MoverView.COLUMNS, MoverView::cells);
    }

    private Job find(String simulation) {
        return PublicId.parse(SimulationJobView.PREFIX, simulation).stream()
                .boxed()
                .findFirst()
                .flatMap(id -> jobs.find(merchant.id(), id))
                .orElseThrow(() -> Problems.notFound("simulation", simulation));
    }

    static void check(Instant asOf, Period window) {
        if (asOf.isBefore(EARLIEST) || asOf.isAfter(LATEST)) {
            throw Problems.invalid("asOf", "must lie between 1900 and 2200");
        }
        if (window != null && (window.isNegative() || window.isZero())) {
            throw Problems.invalid("window", "must be longer than nothing");
        }
    }

    private static void checkRules(ModelDefinition definition) {
        if (definition != null && !definition.violations().isEmpty()) {
            throw Problems.invalid(definition.violations());
        }
    }
}
