package io.regulars.campaign.message;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/messages")
@Tag(name = "messages")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
class MessageResource {

    private static final List<String> STATES =
            Arrays.stream(MessageState.values()).map(MessageState::json).toList();

    private final Merchant merchant;
    private final MessageList messages;
    private final Customers customers;
    private final Campaigns campaigns;

    MessageResource(Merchant merchant, MessageList messages, Customers customers, Campaigns campaigns) {
        this.merchant = merchant;
        this.messages = messages;
        this.customers = customers;
        this.campaigns = campaigns;
    }

    @GET
    @Operation(summary = "Messages, the latest first, those that were not sent among them")
    public Page<MessageView> list(
            @QueryParam("customer") String customer,
            @QueryParam("campaign") String campaign,
            @QueryParam("state") String state,
            @QueryParam("channel") String channel,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<MessageList.Row> rows = messages.list(
                merchant.id(),
                customer == null ? null : customers.resolve(merchant.id(), customer),
                campaign == null ? null : campaigns.resolve(merchant.id(), campaign),
                oneOf("state", state, STATES),
                oneOf("channel", channel, ChannelNames.ALL),
                Cursor.decodeLong(cursor),
                size + 1);
        return Page.of(rows, size, row -> new Object[] {row.id()}).map(MessageView::of);
    }

    @GET
    @Path("/counts")
    @Operation(summary = "How many messages, by channel and state")
    public Map<String, Map<String, Long>> counts(@QueryParam("campaign") String campaign) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        messages.counts(merchant.id(), campaign == null ? null : campaigns.resolve(merchant.id(), campaign))
                .forEach(count -> counts.computeIfAbsent(count.channel(), name -> new TreeMap<>())
                        .put(count.state(), count.messages()));
        return counts;
    }

    @GET
    @Path("/skips")
    @Operation(summary = "How many messages were decided against, by reason: too late, no consent, held out …")
    public Map<String, Long> skips(@QueryParam("campaign") String campaign) {
        return messages.skips(merchant.id(), campaign == null ? null : campaigns.resolve(merchant.id(), campaign));
    }

    @GET
    @Path("/{m}")
    @Operation(summary = "A message")
    public MessageView get(@PathParam("m") String id) {
        return MessageView.of(find(id));
    }

    private MessageList.Row find(String id) {
        long number = PublicId.parse(MessageList.ID, id).orElseThrow(() -> Problems.notFound("message", id));
        return messages.find(merchant.id(), number).orElseThrow(() -> Problems.notFound("message", id));
    }

    private static String oneOf(String parameter, String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            throw Problems.invalid(parameter, "unknown \"" + value + "\"; known are " + String.join(", ", known));
        }
        return value;
    }
}
