package io.regulars.campaign.rehearsal;

import java.time.Clock;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.regulars.campaign.campaign.Plans;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/rehearsals/{r}")
@Tag(name = "rehearsals")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Transactional
class RehearsalResource {

    private final Merchant merchant;
    private final Rehearsals rehearsals;
    private final Samples samples;
    private final Plans plans;
    private final Clock clock;

    RehearsalResource(Merchant merchant, Rehearsals rehearsals, Samples samples, Plans plans, Clock clock) {
        this.merchant = merchant;
        this.rehearsals = rehearsals;
        this.samples = samples;
        this.plans = plans;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            summary = "How far a rehearsal is, and what it found",
            description = "Messages are shown as real customers would read them; masked for analysts. A coupon's code"
                    + " in them is made up.")
    public RehearsalView get(@PathParam("r") String id) {
        Rehearsals.Job job = find(id);
        var plan = plans.load(List.of(job.campaign())).get(job.campaign());
        return RehearsalView.of(job, samples.of(plan, job.id(), masked()), clock.instant());
    }

    @DELETE
    @Operation(summary = "Cancel a rehearsal; one that runs breaks off within some hundreds of customers")
    public RehearsalView cancel(@PathParam("r") String id) {
        Rehearsals.Job job = find(id);
        if (!rehearsals.cancel(merchant.id(), job.id())) {
            throw Problems.conflict("the rehearsal is " + find(id).state());
        }
        return RehearsalView.of(find(id), null, clock.instant());
    }

    private Rehearsals.Job find(String id) {
        return PublicId.parse(Rehearsals.ID, id).stream()
                .boxed()
                .findFirst()
                .flatMap(number -> rehearsals.find(merchant.id(), number))
                .orElseThrow(() -> Problems.notFound("rehearsal", id));
    }

    /// Who has only the analyst's role need not see whom the figures are about.
    private boolean masked() {
        return !(merchant.has(Roles.OWNER) || merchant.has(Roles.MARKETER));
    }
}
