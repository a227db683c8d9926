package io.regulars.scoring.recompute;

import java.net.URI;
import java.time.Clock;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.job.JobView;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.ItemProblem;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.recompute.Recomputes.Recompute;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// Recomputes, asked for and watched.
@Path("/v1/recomputes")
@Tag(name = "recomputes")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.INTEGRATION})
@Transactional
public class RecomputesResource {

    private static final String PREFIX = "rcm";
    private static final int LATEST = 100;

    private final Merchant merchant;
    private final Recomputes recomputes;
    private final Clock clock;

    RecomputesResource(Merchant merchant, Recomputes recomputes, Clock clock) {
        this.merchant = merchant;
        this.recomputes = recomputes;
        this.clock = clock;
    }

    /// @param rebuild make histories and forecasts anew from the orders first
    public record RecomputeRequest(boolean rebuild) {}

    @POST
    @Idempotent
    @Operation(
            summary = "Score all customers anew",
            description = "Runs as a job. One that waits is joined, not doubled. With `rebuild`, the histories are made"
                    + " anew from the orders first; the figures must come out the same.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = RecomputeRequest.class),
                            examples = @ExampleObject(name = "from the orders", value = "{\"rebuild\": true}")))
    @APIResponse(
            responseCode = "202",
            description = "the job",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Response request(RecomputeRequest request) {
        var rebuild = request != null && request.rebuild();
        var id = recomputes.request(merchant.id(), Recomputes.Reason.requested, rebuild);
        var job = view(recomputes.find(merchant.id(), id).orElseThrow());
        return Response.accepted(job)
                .location(URI.create("v1/recomputes/" + job.id()))
                .build();
    }

    @GET
    @Operation(summary = "The latest recomputes, whoever or whatever asked for them")
    public Page<JobView> latest() {
        List<JobView> jobs = recomputes.latest(merchant.id(), LATEST).stream()
                .map(this::view)
                .toList();
        return new Page<>(jobs, null);
    }

    @GET
    @Path("/{recompute}")
    @Operation(summary = "How far a recompute is")
    public JobView one(@Parameter(example = "rcm_1") @RestPath String recompute) {
        return view(find(recompute));
    }

    @DELETE
    @Path("/{recompute}")
    @Operation(
            summary = "Cancel a recompute that was asked for over this interface",
            description = "One that is paused too. Customers scored so far stay as they are.")
    public JobView cancel(@Parameter(example = "rcm_1") @RestPath String recompute) {
        var found = find(recompute);
        if (found.reason() != Recomputes.Reason.requested) {
            throw Problems.conflict("this recompute follows a change of %s and is needed".formatted(found.reason()));
        }
        if (!recomputes.cancel(merchant.id(), found.id())) {
            throw Problems.conflict("the recompute is " + state(recompute));
        }
        return view(find(recompute));
    }

    @POST
    @Path("/{recompute}/pause")
    @Idempotent
    @Operation(
            summary = "Let a running recompute rest",
            description = "What is under way ends its range, some hundreds of customers. Orders and time go on scoring"
                    + " meanwhile. Later recomputes of the shop wait until this one goes on or is cancelled, so that"
                    + " none takes its place.")
    public JobView pause(@Parameter(example = "rcm_1") @RestPath String recompute) {
        var found = find(recompute);
        if (!recomputes.pause(merchant.id(), found.id())) {
            throw Problems.conflict(
                    "the recompute is %s; only a running one can be paused".formatted(state(recompute)));
        }
        return view(find(recompute));
    }

    @POST
    @Path("/{recompute}/resume")
    @Idempotent
    @Operation(summary = "Let a paused recompute go on where it rested")
    public JobView resume(@Parameter(example = "rcm_1") @RestPath String recompute) {
        var found = find(recompute);
        if (!recomputes.resume(merchant.id(), found.id())) {
            throw Problems.conflict(
                    "the recompute is %s; only a paused one can be resumed".formatted(state(recompute)));
        }
        return view(find(recompute));
    }

    /// The present one: it may have changed since it was first looked at.
    private String state(String recompute) {
        return find(recompute).state();
    }

    private Recompute find(String recompute) {
        var id = PublicId.parse(PREFIX, recompute);
        return id.stream()
                .boxed()
                .findFirst()
                .flatMap(known -> recomputes.find(merchant.id(), known))
                .orElseThrow(() -> Problems.notFound("recompute", recompute));
    }

    private JobView view(Recompute recompute) {
        return new JobView(
                PublicId.format(PREFIX, recompute.id()),
                recompute.state(),
                recompute.done(),
                recompute.total(),
                JobView.rate(recompute.done(), recompute.startedAt(), recompute.finishedAt(), clock.instant()),
                recompute.startedAt(),
                recompute.finishedAt(),
                recompute.problem() == null
                        ? null
                        : new ItemProblem(
                                500, "Internal Server Error", "the recompute failed; see the log", List.of()));
    }
}
