package io.regulars.campaign.rehearsal;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/campaigns/{k}/rehearsals")
@Tag(name = "rehearsals", description = "Campaigns tried on today and on the past, before they are switched on")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Transactional
class CampaignRehearsalsResource {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(90);

    private final Merchant merchant;
    private final Campaigns campaigns;
    private final Plans plans;
    private final Rehearsals rehearsals;
    private final RehearsalRunner runner;
    private final AfterCommit afterCommit;
    private final Clock clock;

    CampaignRehearsalsResource(
            Merchant merchant,
            Campaigns campaigns,
            Plans plans,
            Rehearsals rehearsals,
            RehearsalRunner runner,
            AfterCommit afterCommit,
            Clock clock) {
        this.merchant = merchant;
        this.campaigns = campaigns;
        this.plans = plans;
        this.rehearsals = rehearsals;
        this.runner = runner;
        this.afterCommit = afterCommit;
        this.clock = clock;
    }

    @POST
    @Idempotent
    @Operation(
            summary = "Try the campaign, as it is saved: whom it would reach today; with past, what it would have sent",
            description =
                    "Runs as a job, by the guardrails that send; nothing is sent and no budget or cap knows of it."
                            + " The shop's latest twenty are kept.")
    @APIResponse(
            responseCode = "202",
            description = "the job",
            content = @Content(schema = @Schema(implementation = RehearsalView.class)))
    public Response rehearse(
            @PathParam("k") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = {
                                                @ExampleObject(name = "today", value = "{}"),
                                                @ExampleObject(name = "thirty days", value = "{\"past\": \"P30D\"}")
                                            }))
                    JsonNode body) {
        long campaign = campaigns.resolve(merchant.id(), id);
        String past = past(body);
        if (rehearsals.waiting(merchant.id()) >= Rehearsals.MOST_WAITING) {
            throw Problems.conflict("%d rehearsals wait or run already".formatted(Rehearsals.MOST_WAITING));
        }
        long asked = rehearsals.request(plans.current(merchant.id(), campaign).orElseThrow(), past, merchant.actor());
        afterCommit.run(runner::wake);
        var view = RehearsalView.of(rehearsals.find(merchant.id(), asked).orElseThrow(), null, clock.instant());
        return Response.accepted(view)
                .location(URI.create("v1/rehearsals/" + view.id()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
    @Operation(summary = "The latest rehearsals of a campaign")
    public Page<RehearsalView> list(@PathParam("k") String id) {
        var now = clock.instant();
        List<RehearsalView> views = rehearsals.of(merchant.id(), campaigns.resolve(merchant.id(), id)).stream()
                .map(job -> RehearsalView.of(job, null, now))
                .toList();
        return new Page<>(views, null);
    }

    private static String past(JsonNode body) {
        var faults = new Faults();
        Fields fields =
                Fields.of("", body == null || body.isNull() ? JsonNodeFactory.instance.objectNode() : body, faults);
        Duration past = fields.duration("past");
        fields.done();
        if (past != null && (past.compareTo(SHORTEST) < 0 || past.compareTo(LONGEST) > 0)) {
            fields.fault("past", "must be PT1H to P90D: what happened is kept for ninety days");
        }
        faults.throwIfAny();
        if (past == null) {
            return null;
        }
        return past.equals(Duration.ofDays(past.toDays())) ? "P" + past.toDays() + "D" : past.toString();
    }
}
