package io.regulars.scoring.outlook;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// Fits of the lifetime models, asked for and judged.
@Path("/v1/forecast-fits")
@Tag(name = "forecasts")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class FitsResource {

    private static final int LATEST = 100;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private final Merchant merchant;
    private final Fits fits;
    private final Clock clock;

    FitsResource(Merchant merchant, Fits fits, Clock clock) {
        this.merchant = merchant;
        this.fits = fits;
        this.clock = clock;
    }

    /// @param asOf learns from what was bought by then, and compares with what was bought later; absent for now
    public record FitRequest(Instant asOf) {}

    @POST
    @Idempotent
    @Operation(
            summary = "Fit the lifetime models to the shop",
            description = "Runs as a job. Without `asOf` the fit is used from then on, as those are that follow each"
                    + " calibration. With it the fit is a back-test, and used for nothing. One that waits is joined.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = FitRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "a back-test",
                                            value = "{\"asOf\": \"1997-09-30T12:00:00Z\"}")))
    @APIResponse(
            responseCode = "202",
            description = "the job",
            content = @Content(schema = @Schema(implementation = FitView.class)))
    public Response request(FitRequest request) {
        var asOf = request == null ? null : request.asOf();
        if (asOf != null && (asOf.isBefore(EARLIEST) || asOf.isAfter(clock.instant()))) {
            throw Problems.invalid("asOf", "must lie between 1970 and now");
        }
        if (fits.waiting(merchant.id()) >= Fits.MOST_WAITING) {
            throw Problems.conflict("%d fits wait or run already".formatted(Fits.MOST_WAITING));
        }
        var fit = fits.find(merchant.id(), fits.request(merchant.id(), "requested", asOf))
                .orElseThrow();
        var view = FitView.from(fit, false);
        return Response.accepted(view)
                .location(URI.create("v1/forecast-fits/" + view.id()))
                .build();
    }

    @GET
    @Operation(summary = "The latest fits, whoever or whatever asked for them")
    public Page<FitView> latest() {
        var views = fits.latest(merchant.id(), LATEST).stream()
                .map(fit -> FitView.from(fit, false))
                .toList();
        return new Page<>(views, null);
    }

    @GET
    @Path("/{fit}")
    @Operation(
            summary = "A fit: its parameters, and what it expected against what was bought, week by week",
            description =
                    "Fader, Hardie, Lee (2005), BG/NBD; Fader, Hardie (2013), Gamma-Gamma. Several orders of a day"
                            + " are one purchase.")
    public FitView one(@Parameter(example = "fit_1") @RestPath String fit) {
        return PublicId.parse(FitView.PREFIX, fit).stream()
                .boxed()
                .findFirst()
                .flatMap(id -> fits.find(merchant.id(), id))
                .map(found -> FitView.from(found, true))
                .orElseThrow(() -> Problems.notFound("fit", fit));
    }
}
