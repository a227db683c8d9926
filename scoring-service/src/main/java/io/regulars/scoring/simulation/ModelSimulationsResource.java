package io.regulars.scoring.simulation;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Models;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// Models tried on the shop before they are activated.
@Path("/v1/models/{model}/simulations")
@Tag(name = "simulations")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class ModelSimulationsResource {

    private final Merchant merchant;
    private final Shops shops;
    private final Models models;
    private final SimulationJobs jobs;
    private final Clock clock;

    ModelSimulationsResource(Merchant merchant, Shops shops, Models models, SimulationJobs jobs, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.models = models;
        this.jobs = jobs;
        this.clock = clock;
    }

    /// @param asOf absent for now
    /// @param window one window for tiers and groups alike, instead of the rules' own
    public record TrialRequest(Instant asOf, Period window) {}

    @POST
    @Idempotent
    @Operation(
            summary = "Try a model on the shop: how many would move, and who",
            description = "Runs as a job, by the rules as they stand now; a draft may change meanwhile. Nobody's score"
                    + " changes. The latest ten are kept, with the customers who would move.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = TrialRequest.class),
                            examples = @ExampleObject(name = "a year", value = "{\"window\": \"P1Y\"}")))
    @APIResponse(
            responseCode = "202",
            description = "the job",
            content = @Content(schema = @Schema(implementation = SimulationJobView.class)))
    public Response simulate(@Parameter(example = "mdl_2") @RestPath String model, TrialRequest request) {
        var asOf = request == null || request.asOf() == null ? clock.instant() : request.asOf();
        var window = request == null ? null : request.window();
        SimulationsResource.check(asOf, window);
        shops.known(merchant.id());
        if (jobs.waiting(merchant.id()) >= SimulationJobs.MOST_WAITING) {
            throw Problems.conflict("%d simulations wait or run already".formatted(SimulationJobs.MOST_WAITING));
        }
        var version = version(model);
        var id =
                jobs.request(merchant.id(), version, asOf, window).orElseThrow(() -> Problems.notFound("model", model));
        checkRules(version);
        var view = SimulationJobView.from(jobs.find(merchant.id(), id).orElseThrow(), false, clock.instant());
        return Response.accepted(view)
                .location(URI.create("v1/simulations/" + view.id()))
                .build();
    }

    private int version(String model) {
        return PublicId.parse("mdl", model).stream()
                .filter(version -> version <= Integer.MAX_VALUE)
                .mapToInt(Math::toIntExact)
                .findFirst()
                .orElseThrow(() -> Problems.notFound("model", model));
    }

    /// A draft may be wrong.
    private void checkRules(int version) {
        var violations = models.definition(merchant.id(), version).violations();
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
    }
}
