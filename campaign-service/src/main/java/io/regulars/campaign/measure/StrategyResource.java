package io.regulars.campaign.measure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.measure.Strategies.By;
import io.regulars.campaign.measure.Strategies.Strategy;
import io.regulars.kit.csv.Csv;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.money.Money;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/reports/strategies")
@Tag(name = "measurement")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
class StrategyResource {

    private static final Duration LONGEST = Duration.ofDays(367);

    private static final List<String> HEADER = List.of(
            "campaignId",
            "name",
            "playbook",
            "tier",
            "enrolled",
            "heldOut",
            "sent",
            "orders",
            "sales",
            "margin",
            "coupons",
            "channels",
            "profit",
            "currency",
            "roi");

    public record StrategyReport(Instant from, Instant to, String window, String model, List<Strategy> items) {}

    private final Merchant merchant;
    private final Shops shops;
    private final Strategies strategies;
    private final Clock clock;

    StrategyResource(Merchant merchant, Shops shops, Strategies strategies, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.strategies = strategies;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Return on investment by campaign and tier, or by playbook, of who was enrolled in a period; also"
                    + " as text/csv",
            description = "Orders are shared among all campaigns' messages in the window before them, so that no sale"
                    + " counts twice. What would have come anyway is in a campaign's own report.")
    public StrategyReport report(
            @Parameter(description = "day of enrolment in the shop's zone; required", example = "2026-01-01")
                    @QueryParam("from")
                    String from,
            @Parameter(
                            description = "the day after the last, a year later at most; tomorrow where absent",
                            example = "2026-04-01")
                    @QueryParam("to")
                    String to,
            @Parameter(description = "after a message; P7D where absent", example = "P7D") @QueryParam("window")
                    String window,
            @Parameter(
                            description = "last-touch where absent; first-touch, linear, position, time-decay",
                            example = "linear")
                    @QueryParam("model")
                    String model,
            @Parameter(
                            description = "what rows are told apart by: campaign, playbook, tier, or several;"
                                    + " campaign,tier where absent",
                            example = "playbook")
                    @QueryParam("by")
                    String by) {
        if (from == null) {
            throw Problems.invalid("from", "is required: a day such as 2026-01-01");
        }
        Shop shop = shops.find(merchant.id());
        Scope scope = Scope.of(shop, null, from, to, window, clock).atMost(LONGEST);
        Model shared = Model.parse(model);
        return new StrategyReport(
                scope.from(),
                scope.to(),
                scope.window().toString(),
                shared.json(),
                strategies.of(shop, scope, shared, by(by)));
    }

    private static Set<By> by(String text) {
        if (text == null) {
            return EnumSet.of(By.CAMPAIGN, By.TIER);
        }
        Set<By> by = EnumSet.noneOf(By.class);
        for (String name : text.split(",", -1)) {
            by.add(Arrays.stream(By.values())
                    .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() ->
                            Problems.invalid("by", "must be of campaign, playbook, tier, such as playbook,tier")));
        }
        return by;
    }

    @GET
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String table(
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("window") String window,
            @QueryParam("model") String model,
            @QueryParam("by") String by) {
        return Csv.of(
                HEADER,
                report(from, to, window, model, by).items().stream()
                        .map(StrategyResource::cells)
                        .toList());
    }

    private static List<Object> cells(Strategy row) {
        Economics economics = row.economics();
        return Arrays.asList(
                row.campaignId(),
                row.name(),
                row.playbook(),
                row.tier(),
                row.enrolled(),
                row.heldOut(),
                row.sent(),
                row.orders(),
                amount(economics.sales()),
                amount(economics.margin()),
                amount(economics.coupons()),
                amount(economics.channels()),
                amount(economics.profit()),
                economics.sales().currency(),
                economics.roi());
    }

    private static Object amount(Money money) {
        return money == null ? null : money.amount();
    }
}
