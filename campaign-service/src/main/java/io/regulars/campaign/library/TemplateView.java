package io.regulars.campaign.library;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.library.StoredTemplates.Stored;
import io.regulars.campaign.template.Clipping;
import io.regulars.campaign.template.Mentioned;
import io.regulars.campaign.template.Text;
import io.regulars.campaign.template.TextJson;
import io.regulars.kit.id.PublicId;

/// A version of a template as callers see it.
///
/// @param content as people wrote it
/// @param variables that it names
/// @param warnings for people; none forbids it
/// @param archivedAt absent while it is in use
public record TemplateView(
        String id,
        String externalId,
        String channel,
        String name,
        int version,
        @JsonRawValue String content,
        Set<String> variables,
        List<String> warnings,
        Instant createdAt,
        Instant savedAt,
        String savedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant archivedAt) {

    private static final ObjectMapper JSON = new JsonMapper();

    static TemplateView of(Stored stored) {
        Text text = text(stored);
        return new TemplateView(
                PublicId.format(StoredTemplates.ID, stored.id()),
                stored.externalId(),
                stored.channel(),
                stored.name(),
                stored.version(),
                stored.content(),
                Mentioned.in(text).keySet(),
                text.variants().stream()
                        .flatMap(variant -> Clipping.of(variant.html()).stream())
                        .toList(),
                stored.createdAt(),
                stored.savedAt(),
                stored.savedBy(),
                stored.archivedAt());
    }

    /// What it says, compiled.
    public static Text text(Stored stored) {
        try {
            return TextJson.read(JSON.readTree(stored.compiled()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored template is unreadable", e);
        }
    }
}
