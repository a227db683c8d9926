package io.regulars.campaign.measure;

import java.time.Clock;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.campaign.Plans;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/campaigns/{k}/report")
@Tag(name = "measurement")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
class ReportResource {

    private final Merchant merchant;
    private final Campaigns campaigns;
    private final Plans plans;
    private final Shops shops;
    private final Reports reports;
    private final Clock clock;

    ReportResource(Merchant merchant, Campaigns campaigns, Plans plans, Shops shops, Reports reports, Clock clock) {
        this.merchant = merchant;
        this.campaigns = campaigns;
        this.plans = plans;
        this.shops = shops;
        this.reports = reports;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "What a campaign brought: funnel, sales and costs, lift against the holdout, by channel and tier",
            description = "Messages and orders are kept, so any window and model can be asked for at any time; an order"
                    + " that is given back later is gone from the report. The lift counts everybody who was let in,"
                    + " whether a message reached them or not.")
    public CampaignReport report(
            @PathParam("k") String id,
            @Parameter(description = "after a message and after an enrolment; P7D where absent", example = "P7D")
                    @QueryParam("window")
                    String window,
            @Parameter(
                            description = "last-touch where absent; first-touch, linear, position, time-decay",
                            example = "last-touch")
                    @QueryParam("model")
                    String model,
            @Parameter(
                            description = "day of enrolment in the shop's zone; since ever where absent",
                            example = "2026-01-01")
                    @QueryParam("from")
                    String from,
            @Parameter(description = "the day after the last; tomorrow where absent", example = "2026-04-01")
                    @QueryParam("to")
                    String to,
            @Parameter(
                            description =
                                    "the relative effect to be seen, for how many customers that takes; the observed"
                                            + " one where absent",
                            example = "0.1")
                    @QueryParam("effect")
                    String effect) {
        long campaign = campaigns.resolve(merchant.id(), id);
        Shop shop = shops.find(merchant.id());
        return reports.of(
                plans.current(merchant.id(), campaign).orElseThrow(),
                shop,
                Scope.of(shop, campaign, from, to, window, clock),
                Model.parse(model),
                Effect.parse(effect));
    }
}
