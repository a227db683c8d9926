package io.regulars.campaign.inbox;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.regulars.campaign.audience.Customers;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The shop's own system reads it on the customer's behalf.
@Path("/v1/inbox/{c}")
@Tag(name = "inbox")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT, Roles.INTEGRATION})
@Idempotent
class InboxResource {

    static final String ID = "inb";

    record LetterView(
            String id,
            String messageId,
            String campaignId,
            String subject,
            String text,
            String html,
            Instant sentAt,
            Instant readAt) {

        static LetterView of(Inbox.Entry entry) {
            return new LetterView(
                    PublicId.format(ID, entry.id()),
                    PublicId.format("msg", entry.messageId()),
                    PublicId.format("cmp", entry.campaignId()),
                    entry.subject(),
                    entry.text(),
                    entry.html(),
                    entry.sentAt(),
                    entry.readAt());
        }
    }

    record UnreadView(long unread) {}

    /// @param ids null for all
    record ReadRequest(List<String> ids) {}

    private final Merchant merchant;
    private final Customers customers;
    private final Inbox inbox;
    private final Arrivals arrivals;

    InboxResource(Merchant merchant, Customers customers, Inbox inbox, Arrivals arrivals) {
        this.merchant = merchant;
        this.customers = customers;
        this.inbox = inbox;
        this.arrivals = arrivals;
    }

    @GET
    @Path("/messages")
    @Operation(summary = "A customer's in-site messages, the latest first")
    public Page<LetterView> list(
            @PathParam("c") String customer,
            @QueryParam("unread") @DefaultValue("false") boolean unread,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<Inbox.Entry> rows =
                inbox.list(merchant.id(), customer(customer), unread, Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, entry -> new Object[] {entry.id()}).map(LetterView::of);
    }

    @GET
    @Path("/unread")
    @Operation(summary = "How many in-site messages the customer has not read")
    public UnreadView unread(@PathParam("c") String customer) {
        return new UnreadView(inbox.unread(merchant.id(), customer(customer)));
    }

    @POST
    @Path("/messages/{i}/read")
    @Operation(summary = "The customer has read a message")
    public UnreadView read(@PathParam("c") String customer, @PathParam("i") String id) {
        long reader = customer(customer);
        long letter = parse(id);
        if (!inbox.exists(merchant.id(), reader, letter)) {
            throw Problems.notFound("inbox message", id);
        }
        inbox.read(merchant.id(), reader, List.of(letter));
        return new UnreadView(inbox.unread(merchant.id(), reader));
    }

    @POST
    @Path("/messages/read")
    @Operation(summary = "The customer has read these messages, or all")
    public UnreadView readMany(
            @PathParam("c") String customer,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            examples = {
                                                @ExampleObject(name = "all", value = "{}"),
                                                @ExampleObject(name = "some", value = "{\"ids\": [\"inb_1\"]}")
                                            }))
                    ReadRequest request) {
        long reader = customer(customer);
        List<Long> ids = request == null || request.ids() == null
                ? null
                : request.ids().stream().map(InboxResource::parse).toList();
        inbox.read(merchant.id(), reader, ids);
        return new UnreadView(inbox.unread(merchant.id(), reader));
    }

    @GET
    @Path("/stream")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "What arrives from now on, live; with Last-Event-ID from there on")
    public Multi<OutboundSseEvent> stream(
            @PathParam("c") String customer, @HeaderParam("Last-Event-ID") String lastEventId, @Context Sse sse) {
        int shop = merchant.id();
        long reader = customer(customer);
        Long after = lastEventId == null || lastEventId.isBlank() ? null : parse(lastEventId);
        return LiveLetters.of(arrivals, shop, reader, after, sse);
    }

    private long customer(String reference) {
        return customers.resolve(merchant.id(), reference);
    }

    static long parse(String id) {
        return PublicId.parse(ID, id).orElseThrow(() -> Problems.notFound("inbox message", id));
    }
}
