package io.regulars.scoring.forecast;

import java.time.Clock;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Page;
import io.regulars.scoring.history.Customers;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// Repurchase forecasts of one customer.
@Path("/v1/forecasts")
@Tag(name = "forecasts")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
@Transactional
public class ForecastsResource {

    private final Merchant merchant;
    private final Customers customers;
    private final Forecasts forecasts;
    private final Clock clock;

    ForecastsResource(Merchant merchant, Customers customers, Forecasts forecasts, Clock clock) {
        this.merchant = merchant;
        this.customers = customers;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    @GET
    @Path("/{customer}")
    @Operation(
            summary = "When a customer's products run out, the soonest first, and when to remind of them",
            description = "By how long a unit lasts and how much was bought, where the merchant says so; else by the"
                    + " learned cycle of the product, its category or the customer. What was left when more was bought"
                    + " is used up first.")
    public Page<ForecastView> of(
            @Parameter(description = "`cus_…` or `ext:` and the merchant's own id", example = "ext:12346") @RestPath
                    String customer) {
        var now = clock.instant();
        var id = customers.named(merchant.id(), customer);
        var views = forecasts.of(merchant.id(), List.of(id)).getOrDefault(id, List.of()).stream()
                .map(forecast -> ForecastView.from(forecast, now))
                .toList();
        return new Page<>(views, null);
    }
}
