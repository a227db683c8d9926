package io.regulars.campaign.template;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a message says, compiled, as it is kept.
public final class TextJson {

    private TextJson() {}

    /// As [TextReader] reads it: HTML in place of MJML and layouts, and every text part.
    public static ObjectNode write(Text text) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "subject", text.subject());
        put(node, "preheader", text.preheader());
        put(node, "text", text.text());
        put(node, "html", text.html());
        if (!text.fallbacks().isEmpty()) {
            ObjectNode fallbacks = node.putObject("fallbacks");
            new TreeMap<>(text.fallbacks()).forEach(fallbacks::put);
        }
        if (!text.translations().isEmpty()) {
            ObjectNode translations = node.putObject("translations");
            new TreeMap<>(text.translations()).forEach((tag, one) -> translations.set(tag, write(one)));
        }
        return node;
    }

    private static void put(ObjectNode node, String field, String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    /// What was written by `write`, and was checked before.
    public static Text read(JsonNode compiled) {
        Map<String, String> fallbacks = new TreeMap<>();
        compiled.path("fallbacks")
                .properties()
                .forEach(one -> fallbacks.put(one.getKey(), one.getValue().textValue()));
        Map<String, Text> translations = new TreeMap<>();
        compiled.path("translations").properties().forEach(one -> translations.put(one.getKey(), read(one.getValue())));
        return new Text(
                compiled.path("subject").textValue(),
                compiled.path("preheader").textValue(),
                compiled.path("text").textValue(),
                compiled.path("html").textValue(),
                fallbacks,
                translations);
    }
}
