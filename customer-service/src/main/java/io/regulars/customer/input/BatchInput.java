package io.regulars.customer.input;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Many things in one call. The items are read one by one, so that one that is malformed spoils no other.
///
/// @param backfill history loaded after the fact: it scores, and starts no campaign
public record BatchInput(
        @Schema(description = "1 to 1,000 things, each as it is posted alone")
        List<JsonNode> items,

        @Schema(description = "history loaded after the fact: it scores, and starts no campaign")
        Boolean backfill) {}
