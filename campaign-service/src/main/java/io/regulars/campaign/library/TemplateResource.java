package io.regulars.campaign.library;

import java.net.URI;
import java.time.Clock;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.library.StoredTemplates.Stored;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.IfMatch;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/templates")
@Tag(name = "templates", description = "What messages say, kept by a name; campaigns refer to a version")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
@Idempotent
class TemplateResource {

    private static final String LAYOUT = """
            {"externalId": "welcome", "channel": "email", "name": "Welcome",
             "content": {"subject": "欢迎来到{shop.name}", "preheader": "{coupon.description}等您领取",
               "layout": "offer", "text": "亲爱的{customer.maskedName}：\\n\\n感谢您的惠顾！\\n\\n退订：{unsubscribeUrl}",
               "button": {"text": "去看看", "url": "https://shop.example/"},
               "fallbacks": {"customer.maskedName": "顾客"},
               "translations": {"en": {"subject": "Welcome to {shop.name}", "layout": "offer",
                 "text": "Dear customer,\\n\\nthank you!\\n\\nUnsubscribe: {unsubscribeUrl}"}}}}""";

    private static final String MJML = """
            {"externalId": "news", "channel": "email", "name": "News",
             "content": {"subject": "New in {shop.name}", "mjml":
               "<mjml><mj-body><mj-section><mj-column><mj-text>Dear {customer.name ?: 'customer'}</mj-text></mj-column></mj-section></mj-body></mjml>"}}""";

    private final Merchant merchant;
    private final Clock clock;
    private final StoredTemplates templates;

    TemplateResource(Merchant merchant, Clock clock, StoredTemplates templates) {
        this.merchant = merchant;
        this.clock = clock;
        this.templates = templates;
    }

    @POST
    @Transactional
    @RolesAllowed({Roles.OWNER, Roles.MARKETER})
    @Operation(
            summary = "Save a template by the shop's own id: a new version where it says something else",
            description = "201 where there was none of that id; every fault is named with its place, those of MJML with"
                    + " their line. With If-Match only where nobody saved another version since.")
    public Response save(
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = {
                                                @ExampleObject(name = "a ready layout", value = LAYOUT),
                                                @ExampleObject(name = "MJML", value = MJML)
                                            }))
                    JsonNode body) {
        var saved = templates.save(
                merchant.id(), DraftReader.read(body), IfMatch.revision(ifMatch), clock.instant(), merchant.actor());
        TemplateView view = TemplateView.of(saved.stored());
        Response.ResponseBuilder answer =
                saved.fresh() ? Response.created(URI.create("v1/templates/" + view.id())) : Response.ok();
        return answer.entity(view).tag(String.valueOf(view.version())).build();
    }

    @GET
    @Operation(summary = "The shop's templates, in their latest versions; archived ones where asked for")
    public Page<TemplateView> list(
            @QueryParam("channel") String channel,
            @QueryParam("archived") boolean archived,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        if (channel != null && !ChannelNames.ALL.contains(channel)) {
            throw Problems.invalid(
                    "channel", "unknown \"" + channel + "\"; known are " + String.join(", ", ChannelNames.ALL));
        }
        int size = Limit.of(limit);
        List<Stored> rows = templates.list(merchant.id(), channel, archived, Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, row -> new Object[] {row.id()}).map(TemplateView::of);
    }

    @GET
    @Path("/{t}")
    @Operation(summary = "A template; its latest version, or the one asked for")
    public Response get(@PathParam("t") String id, @QueryParam("version") Integer version) {
        TemplateView view = TemplateView.of(templates.get(merchant.id(), id, version));
        return Response.ok(view).tag(String.valueOf(view.version())).build();
    }

    @GET
    @Path("/{t}/versions")
    @Operation(summary = "The versions of a template, the latest first")
    public Page<TemplateView> versions(
            @PathParam("t") String id, @QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        Stored stored = templates.get(merchant.id(), id, null);
        List<Stored> rows = templates.versions(merchant.id(), stored.id(), Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, row -> new Object[] {row.version()}).map(TemplateView::of);
    }

    @POST
    @Path("/{t}/archive")
    @Transactional
    @RolesAllowed({Roles.OWNER, Roles.MARKETER})
    @Operation(summary = "Take a template out of use; what refers to it goes on, and saving it again brings it back")
    public TemplateView archive(@PathParam("t") String id) {
        Stored stored = templates.get(merchant.id(), id, null);
        templates.archive(stored, clock.instant(), merchant.actor());
        return TemplateView.of(templates.get(merchant.id(), id, null));
    }
}
