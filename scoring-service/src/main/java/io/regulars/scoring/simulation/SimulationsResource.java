package io.regulars.scoring.simulation;

import java.time.Instant;
import java.time.Period;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.ModelDefinition;
import io.regulars.scoring.model.Models;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Simulations.
@Path("/v1/simulations")
@Tag(name = "simulations")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class SimulationsResource {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Merchant merchant;
    private final Shops shops;
    private final Models models;
    private final Simulation simulation;

    SimulationsResource(Merchant merchant, Shops shops, Models models, Simulation simulation) {
        this.merchant = merchant;
        this.shops = shops;
        this.models = models;
        this.simulation = simulation;
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
        check(request);
        var shop = shops.known(merchant.id());
        var rules = request.definition() == null ? models.active(shop).definition() : request.definition();
        var within = request.window() == null ? rules : rules.within(request.window());
        var outcome = simulation.run(shop, shop.modelVersion(), within, request.asOf());
        return SimulationView.from(request.asOf(), request.window(), shop, outcome);
    }

    private static void check(SimulationRequest request) {
        if (request.asOf().isBefore(EARLIEST) || request.asOf().isAfter(LATEST)) {
            throw Problems.invalid("asOf", "must lie between 1900 and 2200");
        }
        if (request.window() != null
                && (request.window().isNegative() || request.window().isZero())) {
            throw Problems.invalid("window", "must be longer than nothing");
        }
        if (request.definition() != null && !request.definition().violations().isEmpty()) {
            throw Problems.invalid(request.definition().violations());
        }
    }
}
