package io.regulars.campaign.preview;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.library.StoredTemplates;
import io.regulars.campaign.library.TemplateView;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Changes nothing; so its POST needs no key.
@Path("/v1/templates/{t}/preview")
@Tag(name = "templates")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
class TemplatePreviewResource {

    private final Merchant merchant;
    private final StoredTemplates templates;
    private final Previews previews;

    TemplatePreviewResource(Merchant merchant, StoredTemplates templates, Previews previews) {
        this.merchant = merchant;
        this.templates = templates;
        this.previews = previews;
    }

    @POST
    @Operation(
            summary = "What a template would say to up to ten customers, and how many of a sample lack which variable",
            description = "Analysts see names masked. A sample is of at most 1,000.")
    public Preview ofTemplate(
            @PathParam("t") String id,
            @QueryParam("version") Integer version,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "two customers", value = Wanted.EXAMPLE)))
                    JsonNode body) {
        var stored = templates.get(merchant.id(), id, version);
        Wanted wanted = Wanted.read(body);
        return previews.preview(
                merchant.id(),
                TemplateView.text(stored),
                ChannelNames.parse(stored.channel()),
                !Boolean.FALSE.equals(wanted.marketing()),
                wanted,
                wanted.audience() == null ? Condition.EVERYONE : wanted.audience(),
                Previews.masked(merchant));
    }
}
