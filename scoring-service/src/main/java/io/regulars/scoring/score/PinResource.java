package io.regulars.scoring.score;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Customers;
import io.regulars.scoring.history.Pin;
import io.regulars.scoring.history.Pins;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.tier.TierRules.Tier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// A customer's tier, given by hand for a time.
@Path("/v1/scores/{customer}/pin")
@Tag(name = "scores")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Transactional
public class PinResource {

    private static final Duration LONGEST = Duration.ofDays(3_653);

    private final Merchant merchant;
    private final Shops shops;
    private final Customers customers;
    private final Models models;
    private final Pins pins;
    private final Rescore rescore;
    private final Explain explain;
    private final Clock clock;

    PinResource(
            Merchant merchant,
            Shops shops,
            Customers customers,
            Models models,
            Pins pins,
            Rescore rescore,
            Explain explain,
            Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.customers = customers;
        this.models = models;
        this.pins = pins;
        this.rescore = rescore;
        this.explain = explain;
        this.clock = clock;
    }

    /// @param tier a key of the active model's ladder
    /// @param until at most ten years ahead
    public record PinRequest(
            @NotNull String tier,
            @NotNull Instant until,
            @NotBlank @Size(max = 500) String reason) {}

    @PUT
    @Operation(
            summary = "Give a customer a tier until an instant",
            description = "It holds whatever the points say, up or down, and is a tier change like any other: in the"
                    + " history with its reason, and told to campaigns. When it ends the customer has the tier that the"
                    + " orders earn by then. One given before is replaced.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = PinRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "VIP for a year",
                                            value =
                                                    "{\"tier\": \"vip\", \"until\": \"2027-03-01T00:00:00+08:00\", \"reason\": \"a parcel was lost\"}")))
    public Explanation pin(
            @Parameter(example = "ext:12346") @RestPath String customer, @NotNull @Valid PinRequest request) {
        var now = clock.instant();
        var shop = held(customer);
        var id = customers.named(merchant.id(), customer);
        check(request, shop, now);
        pins.set(
                merchant.id(),
                id,
                new Pin(
                        request.tier(),
                        now.truncatedTo(ChronoUnit.MICROS),
                        request.until().truncatedTo(ChronoUnit.MICROS),
                        request.reason().strip(),
                        merchant.actor()));
        return rescored(shop, id, now);
    }

    @DELETE
    @Operation(summary = "Let a customer's tier be what the orders earn again")
    public Explanation unpin(@Parameter(example = "ext:12346") @RestPath String customer) {
        var now = clock.instant();
        var shop = held(customer);
        var id = customers.named(merchant.id(), customer);
        if (!pins.remove(merchant.id(), id)) {
            throw Problems.notFound("pin of", customer);
        }
        return rescored(shop, id, now);
    }

    private Shop held(String customer) {
        var shop = shops.hold(merchant.id());
        if (!shop.known()) {
            throw Problems.notFound("score of", customer);
        }
        return shop;
    }

    private void check(PinRequest request, Shop shop, Instant now) {
        var ladder =
                models.active(shop).scale().ladder().stream().map(Tier::key).toList();
        if (!ladder.contains(request.tier())) {
            throw Problems.invalid("tier", "must be one of " + String.join(", ", ladder));
        }
        if (!request.until().isAfter(now) || request.until().isAfter(now.plus(LONGEST))) {
            throw Problems.invalid("until", "must lie ahead, by ten years at most");
        }
    }

    private Explanation rescored(Shop shop, long customer, Instant now) {
        rescore.rescore(merchant.id(), List.of(customer), now, Cause.events(Set.of(customer)));
        return explain.now(shop, customer, now);
    }
}
