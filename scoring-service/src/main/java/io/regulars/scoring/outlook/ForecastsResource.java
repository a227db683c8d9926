package io.regulars.scoring.outlook;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Period;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.forecast.ForecastView;
import io.regulars.scoring.forecast.Forecasts;
import io.regulars.scoring.history.Customers;
import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.history.Windows;
import io.regulars.scoring.model.Models;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// Forecasts of one customer.
@Path("/v1/forecasts")
@Tag(name = "forecasts")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
@Transactional
public class ForecastsResource {

    private static final Period USUAL = Period.ofYears(1);
    private static final int FARTHEST_DAYS = 3_653;

    private final Merchant merchant;
    private final Shops shops;
    private final Customers customers;
    private final Histories histories;
    private final Forecasts forecasts;
    private final Lifetimes lifetimes;
    private final Models models;
    private final Clock clock;

    ForecastsResource(
            Merchant merchant,
            Shops shops,
            Customers customers,
            Histories histories,
            Forecasts forecasts,
            Lifetimes lifetimes,
            Models models,
            Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.customers = customers;
        this.histories = histories;
        this.forecasts = forecasts;
        this.lifetimes = lifetimes;
        this.models = models;
        this.clock = clock;
    }

    @GET
    @Path("/{customer}")
    @Operation(
            summary = "When a customer's products run out, whether they are still a customer, what they will buy",
            description =
                    "Products by how long a unit lasts and how much was bought, where the merchant says so; else by the"
                            + " customer's own intervals of the product, three at least; else by the learned cycle of the"
                            + " product or its category; else, where they bought it again, by their own cycle over all"
                            + " they buy. A learned cycle comes with the interval that holds its median. What was left"
                            + " when more was bought is used up first. Purchases and their worth by the shop's fit (see"
                            + " forecast-fits).")
    public OutlookView of(
            @Parameter(description = "`cus_…` or `ext:` and the merchant's own id", example = "ext:12346") @RestPath
                    String customer,
            @Parameter(description = "how far to look ahead, P1D to P10Y; a year where absent", example = "P90D")
                    @QueryParam("horizon")
                    String horizon) {
        var now = clock.instant();
        var id = customers.named(merchant.id(), customer);
        var shop = shops.known(merchant.id());
        int today = shop.day(now);
        var history = histories.of(merchant.id(), id);
        var rules = models.active(shop).definition().forecast();
        var views = forecasts.of(shop, rules, List.of(history)).getOrDefault(id, List.of()).stream()
                .map(forecast -> ForecastView.from(forecast, now))
                .toList();
        var lifetime = lifetimes.of(shop, history, days(horizon, today), now);
        return new OutlookView(Customers.publicId(id), now, views, lifetime);
    }

    private static int days(String horizon, int today) {
        try {
            var period = horizon == null ? USUAL : Period.parse(horizon);
            int days = Windows.plus(today, period) - today;
            if (days >= 1 && days <= FARTHEST_DAYS) {
                return days;
            }
        } catch (DateTimeException e) {
            throw Problems.invalid("horizon", "must be an ISO 8601 period of days, months or years, such as P90D");
        }
        throw Problems.invalid("horizon", "must lie between P1D and P10Y");
    }
}
