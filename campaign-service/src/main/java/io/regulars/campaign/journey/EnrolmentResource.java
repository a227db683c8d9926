package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/campaigns/{k}/enrolments")
@Tag(name = "campaigns")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT})
class EnrolmentResource {

    record EnrolmentView(
            String id,
            String customerId,
            String occurrence,
            String state,
            String reason,
            int step,
            Instant dueAt,
            Instant enrolledAt,
            Instant updatedAt) {

        static EnrolmentView of(EnrolmentList.Row row) {
            return new EnrolmentView(
                    PublicId.format("enr", row.id()),
                    Customers.publicId(row.customerId()),
                    row.occurrence(),
                    row.state(),
                    row.reason(),
                    row.step(),
                    row.dueAt(),
                    row.enrolledAt(),
                    row.updatedAt());
        }
    }

    private final Merchant merchant;
    private final Campaigns campaigns;
    private final Customers customers;
    private final EnrolmentList enrolments;

    EnrolmentResource(Merchant merchant, Campaigns campaigns, Customers customers, EnrolmentList enrolments) {
        this.merchant = merchant;
        this.campaigns = campaigns;
        this.customers = customers;
        this.enrolments = enrolments;
    }

    @GET
    @Operation(summary = "Who entered the campaign for which cause, the held-out and the refused with their reasons")
    public Page<EnrolmentView> list(
            @PathParam("k") String campaign,
            @QueryParam("customer") String customer,
            @QueryParam("state") String state,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<EnrolmentList.Row> rows = enrolments.list(
                merchant.id(),
                customer == null ? null : customers.resolve(merchant.id(), customer),
                campaigns.resolve(merchant.id(), campaign),
                state,
                Cursor.decodeLong(cursor),
                size + 1);
        return Page.of(rows, size, row -> new Object[] {row.id()}).map(EnrolmentView::of);
    }
}
