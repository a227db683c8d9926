package io.regulars.campaign.preview;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/test-sends")
@Tag(name = "test-sends", description = "Messages for a try, to addresses that a code has verified")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class TestTraceResource {

    private final Merchant merchant;
    private final TestSends sends;

    TestTraceResource(Merchant merchant, TestSends sends) {
        this.merchant = merchant;
        this.sends = sends;
    }

    @GET
    @Operation(summary = "Messages for a try, the latest first")
    public Page<TestSendView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<TestSends.Row> rows = sends.list(merchant.id(), Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, row -> new Object[] {row.id()}).map(TestSendView::of);
    }

    @GET
    @Path("/{s}")
    @Operation(summary = "A message for a try, with everything that happened to it")
    public TestSendView get(@PathParam("s") String id) {
        OptionalLong number = PublicId.parse(TestSends.ID, id);
        return (number.isEmpty() ? Optional.<TestSends.Row>empty() : sends.find(merchant.id(), number.getAsLong()))
                .map(TestSendView::of)
                .orElseThrow(() -> Problems.notFound("test send", id));
    }
}
