package io.regulars.scoring.draft;

import java.net.URI;
import java.time.Clock;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.Words;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.ModelDefinition;
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

/// Scoring models: read, drafted, activated.
@Path("/v1/models")
@Tag(name = "models")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Transactional
public class ModelsResource {

    private static final String EXAMPLE = """
            {"name": "Longer grace", "definition": {"tiering": {
              "window": "P365D", "grace": "P60D",
              "recency": {"weight": 4, "bins": [{"atMost": 30, "points": 5}, {"atMost": 90, "points": 3}]},
              "frequency": {"weight": 8, "bins": [{"atLeast": 1, "points": 1}, {"atLeast": 4, "points": 5}]},
              "monetary": {"weight": 8, "bins": [{"atLeast": 100, "points": 1}, {"atLeast": 2000, "points": 5}]},
              "ladder": [
                {"key": "new", "labels": {"zh": "新客户", "en": "New"}, "from": 0},
                {"key": "vip", "labels": {"zh": "VIP", "en": "VIP"}, "from": 60,
                 "benefits": {"discount": 0.88, "pointsMultiplier": 1.5, "priorityService": true}}]}}}
            """;

    private final Merchant merchant;
    private final Shops shops;
    private final Models models;
    private final Activation activation;
    private final Clock clock;

    ModelsResource(Merchant merchant, Shops shops, Models models, Activation activation, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.models = models;
        this.activation = activation;
        this.clock = clock;
    }

    /// @param about what it does
    public record ReadyModelView(String key, Words labels, Words about, ModelDefinition definition) {}

    @GET
    @Path("/ready")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Models to begin with, each of which can be drafted by its key")
    public Page<ReadyModelView> ready() {
        var views = ReadyModels.ALL.stream()
                .map(one -> new ReadyModelView(one.key(), one.labels(), one.about(), one.definition()))
                .toList();
        return new Page<>(views, null);
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "All models, the newest first")
    public Page<ModelView> all() {
        var views =
                ScoringModel.ofMerchant(merchant.id()).stream().map(this::view).toList();
        return new Page<>(views, null);
    }

    @GET
    @Path("/{model}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "One model; `ETag` names its edition")
    public Response one(@Parameter(example = "mdl_1") @RestPath String model) {
        return answer(Response.ok(), find(model));
    }

    @POST
    @Idempotent
    @Operation(
            summary = "Draft a model",
            description = "One that could not be activated is refused, with all that is wrong with it.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = ModelDraft.class),
                            examples = {
                                @ExampleObject(name = "two tiers", value = EXAMPLE),
                                @ExampleObject(
                                        name = "a ready one",
                                        value = "{\"name\": \"Quintiles\", \"ready\": \"rfm-quintiles\"}")
                            }))
    @APIResponse(
            responseCode = "201",
            description = "the draft",
            content = @Content(schema = @Schema(implementation = ModelView.class)))
    public Response draft(@NotNull @Valid ModelDraft draft) {
        shops.lock(merchant.id());
        var model = new ScoringModel();
        model.merchantId = merchant.id();
        model.version = ScoringModel.nextVersion(merchant.id());
        model.state = ScoringModel.State.draft;
        model.createdAt = clock.instant();
        model.createdBy = merchant.actor();
        model.edit(draft.name(), models.write(draft.rules()));
        model.persistAndFlush();
        return answer(
                Response.created(URI.create("v1/models/" + PublicId.format(ModelView.PREFIX, model.version))), model);
    }

    @PUT
    @Path("/{model}")
    @Operation(summary = "Change a draft", description = "With `If-Match`, only where nobody changed it meanwhile.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = ModelDraft.class),
                            examples = @ExampleObject(name = "two tiers", value = EXAMPLE)))
    public Response edit(
            @Parameter(example = "mdl_2") @RestPath String model,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull @Valid ModelDraft draft) {
        var found = find(model);
        if (ifMatch != null && !ifMatch.equals(tag(found))) {
            throw Problems.preconditionFailed("the model is now at edition " + tag(found));
        }
        found.edit(draft.name(), models.write(draft.rules()));
        ScoringModel.flush();
        return answer(Response.ok(), found);
    }

    @POST
    @Path("/{model}/rollback")
    @Idempotent
    @Operation(
            summary = "Let the model score again that did so before this one",
            description = "This one must be active, and is retired. As an activation of the other one.")
    @APIResponse(
            responseCode = "202",
            description = "the model that is active now; `Location` is the recompute",
            content = @Content(schema = @Schema(implementation = ModelView.class)))
    @APIResponse(responseCode = "409", description = "the model is not active, or none was before it")
    public Response rollBack(@Parameter(example = "mdl_2") @RestPath String model) {
        find(model).requireActive();
        return activated(ScoringModel.retiredLast(merchant.id())
                .orElseThrow(() -> Problems.conflict("no other model has scored before it")));
    }

    @POST
    @Path("/{model}/activate")
    @Idempotent
    @Operation(
            summary = "Make a model the one that scores",
            description =
                    "Cut-points are learned by its rules and all customers scored anew; `recompute` names the job."
                            + " A retired model may be activated again: that is the roll-back.")
    @APIResponse(
            responseCode = "202",
            description = "the model, active; `Location` is the recompute",
            content = @Content(schema = @Schema(implementation = ModelView.class)))
    public Response activate(@Parameter(example = "mdl_2") @RestPath String model) {
        return activated(find(model));
    }

    private Response activated(ScoringModel found) {
        var job = PublicId.format("rcm", activation.activate(found, models.read(found.definition)));
        return Response.accepted(view(found).recomputedBy(job))
                .location(URI.create("v1/recomputes/" + job))
                .build();
    }

    private ScoringModel find(String model) {
        return PublicId.parse(ModelView.PREFIX, model).stream()
                .boxed()
                .findFirst()
                .filter(version -> version <= Integer.MAX_VALUE)
                .flatMap(version -> ScoringModel.ofMerchant(merchant.id(), version.intValue()))
                .orElseThrow(() -> Problems.notFound("model", model));
    }

    private Response answer(Response.ResponseBuilder response, ScoringModel model) {
        return response.entity(view(model)).header(HttpHeaders.ETAG, tag(model)).build();
    }

    private static String tag(ScoringModel model) {
        return "\"" + model.edition + "\"";
    }

    private ModelView view(ScoringModel model) {
        return ModelView.from(model, models.read(model.definition));
    }
}
