package io.regulars.campaign.audience;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.audience.SegmentRows.Segment;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.IfMatch;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/segments")
@Tag(name = "segments")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class SegmentResource {

    private static final String EXAMPLE = """
            {"name": "Sleeping VIPs of Zhejiang", "condition": {"all": [
              {"field": "tier", "op": "in", "value": ["vip", "super-vip"]},
              {"field": "region", "op": "eq", "value": "浙江"},
              {"field": "daysSinceOrder", "op": "gte", "value": 60}]}}""";

    /// @param words the condition for people, by language
    record SegmentView(
            String id,
            int revision,
            String name,
            JsonNode condition,
            Words words,
            Instant updatedAt,
            String updatedBy) {}

    private final Merchant merchant;
    private final SegmentDesk desk;
    private final SegmentRows rows;
    private final Segments segments;
    private final ObjectMapper json;

    SegmentResource(Merchant merchant, SegmentDesk desk, SegmentRows rows, Segments segments, ObjectMapper json) {
        this.merchant = merchant;
        this.desk = desk;
        this.rows = rows;
        this.segments = segments;
        this.json = json;
    }

    @POST
    @Operation(
            summary = "Save a condition under a name",
            description =
                    "Other conditions refer to it: {\"field\": \"segment\", \"op\": \"has\", \"value\": \"seg_1\"}.")
    public Response create(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "sleeping VIPs", value = EXAMPLE)))
                    JsonNode body) {
        Segment segment = desk.create(merchant.id(), merchant.actor(), body);
        return Response.created(URI.create("v1/segments/" + publicId(segment)))
                .entity(view(segment))
                .tag(String.valueOf(segment.revision()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
    @Operation(summary = "The shop's segments")
    public Page<SegmentView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<Segment> found = rows.after(merchant.id(), Cursor.decodeLong(cursor), size + 1);
        return Page.of(found, size, segment -> new Object[] {segment.id()}).map(this::view);
    }

    @GET
    @Path("/{s}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
    @Operation(summary = "A segment, with its condition in plain words")
    public Response get(@PathParam("s") String id) {
        Segment segment = rows.find(merchant.id(), id);
        return Response.ok(view(segment))
                .tag(String.valueOf(segment.revision()))
                .build();
    }

    @PUT
    @Path("/{s}")
    @Operation(summary = "Change a segment, and with it whom all pick that refer to it, campaigns under way too")
    public Response change(
            @PathParam("s") String id,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "sleeping VIPs", value = EXAMPLE)))
                    JsonNode body) {
        Segment segment = desk.change(merchant.id(), merchant.actor(), id, body, IfMatch.revision(ifMatch));
        return Response.ok(view(segment))
                .tag(String.valueOf(segment.revision()))
                .build();
    }

    @DELETE
    @Path("/{s}")
    @Operation(summary = "Put a segment away; what refers to it goes on as before")
    public void delete(@PathParam("s") String id) {
        rows.delete(merchant.id(), id);
    }

    private SegmentView view(Segment segment) {
        try {
            JsonNode written = json.readTree(segment.condition());
            Condition condition = new ConditionReader(new Faults()).read("", written);
            return new SegmentView(
                    publicId(segment),
                    segment.revision(),
                    segment.name(),
                    written,
                    ConditionWords.of(condition, segments.names(merchant.id(), condition)),
                    segment.updatedAt(),
                    segment.updatedBy());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a segment's condition is unreadable", e);
        }
    }

    private static String publicId(Segment segment) {
        return PublicId.format(Segments.ID, segment.id());
    }
}
