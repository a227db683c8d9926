package io.regulars.campaign.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.journey.EnrolmentList;
import io.regulars.campaign.message.MessageList;
import io.regulars.campaign.message.MessageView;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/decisions")
@Tag(name = "decisions")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
class DecisionResource {

    private static final int MOST = 200;

    /// Of one campaign each message is told whole, the latest of them.
    private static final int MOST_TRACES = 20;

    /// One entering of a campaign and what came of it.
    ///
    /// @param cause with its event and instants; absent where no campaign was named
    record EnrolmentView(
            String campaignId,
            String occurrence,
            Cause cause,
            String state,
            String reason,
            int step,
            Instant enrolledAt,
            Instant dueAt,
            List<MessageView> messages) {

        static EnrolmentView of(EnrolmentList.Row row, Cause cause, List<MessageView> messages) {
            return new EnrolmentView(
                    Campaigns.publicId(row.campaignId()),
                    row.occurrence(),
                    cause,
                    row.state(),
                    row.reason(),
                    row.step(),
                    row.enrolledAt(),
                    row.dueAt(),
                    messages);
        }
    }

    /// @param traces of the latest messages, where a campaign was named
    /// @param notEnrolledBecause as seen now; absent where the customer was enrolled or no campaign was named
    record DecisionView(
            String customerId, List<EnrolmentView> enrolments, List<Trace> traces, List<String> notEnrolledBecause) {}

    private final Merchant merchant;
    private final Customers customers;
    private final Campaigns campaigns;
    private final EnrolmentList enrolments;
    private final MessageList messages;
    private final Decisions decisions;
    private final Causes causes;
    private final Traces traces;

    DecisionResource(
            Merchant merchant,
            Customers customers,
            Campaigns campaigns,
            EnrolmentList enrolments,
            MessageList messages,
            Decisions decisions,
            Causes causes,
            Traces traces) {
        this.merchant = merchant;
        this.customers = customers;
        this.campaigns = campaigns;
        this.enrolments = enrolments;
        this.messages = messages;
        this.decisions = decisions;
        this.causes = causes;
        this.traces = traces;
    }

    @GET
    @Operation(summary = "Why a customer did, or did not, get the messages of a campaign, or of all")
    public DecisionView decide(@QueryParam("customer") String customerRef, @QueryParam("campaign") String campaignRef) {
        if (customerRef == null) {
            throw Problems.invalid("customer", "is required: cus_… or ext:…");
        }
        int shop = merchant.id();
        long customer = customers.resolve(shop, customerRef);
        Long campaign = campaignRef == null ? null : campaigns.resolve(shop, campaignRef);
        List<MessageList.Row> found = messages.list(shop, customer, campaign, null, null, 0, MOST);
        Map<Long, List<MessageView>> byEnrolment = found.stream()
                .collect(Collectors.groupingBy(
                        MessageList.Row::enrolmentId,
                        LinkedHashMap::new,
                        Collectors.mapping(MessageView::of, Collectors.toList())));
        List<EnrolmentView> views = new ArrayList<>();
        enrolments
                .list(shop, customer, campaign, null, 0, MOST)
                .forEach(row -> views.add(EnrolmentView.of(
                        row,
                        campaign != null && views.size() < MOST_TRACES
                                ? causes.of(shop, customer, campaign, row.occurrence())
                                : null,
                        byEnrolment.getOrDefault(row.id(), List.of()))));
        return new DecisionView(
                Customers.publicId(customer),
                views,
                campaign == null
                        ? null
                        : found.stream()
                                .limit(MOST_TRACES)
                                .map(row -> traces.of(shop, row))
                                .toList(),
                campaign != null && views.isEmpty() ? decisions.whyNotEnrolled(shop, customer, campaign) : null);
    }
}
