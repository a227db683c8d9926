package io.regulars.campaign.library;

import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.library.StoredTemplates.Stored;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.campaign.template.Text;
import io.regulars.campaign.template.TextJson;
import io.regulars.campaign.template.TextReader;

/// Puts what messages say in place of what a campaign says of it: the text of a stored template in place of
/// `{"ref": "ext:welcome", "version": 3}`, and HTML in place of MJML and layouts. A revision keeps the
/// outcome, so that customers under way get what it named, whatever becomes of the template.
@ApplicationScoped
public class Referred {

    private static final int DEEPEST = 40;

    private final StoredTemplates templates;
    private final ObjectMapper json;

    Referred(StoredTemplates templates, ObjectMapper json) {
        this.templates = templates;
        this.json = json;
    }

    /// A copy of the campaign. What is wrong with a reference is told; what is wrong with a text is left in
    /// place, for whoever reads the campaign next.
    public JsonNode resolve(int merchant, JsonNode campaign, Faults faults) {
        if (campaign == null || !campaign.isObject() || !campaign.path("steps").isArray()) {
            return campaign;
        }
        JsonNode copy = campaign.deepCopy();
        walk(merchant, copy.path("steps"), "steps", faults, 0);
        return copy;
    }

    private void walk(int merchant, JsonNode node, String path, Faults faults, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(merchant, node.get(i), path + "[" + i + "]", faults, depth + 1);
            }
        } else if (node instanceof ObjectNode step) {
            if ("send".equals(step.path("type").textValue())
                    && step.path("template").isObject()) {
                send(merchant, step, path + ".template", faults);
                return;
            }
            step.properties()
                    .forEach(field -> walk(merchant, field.getValue(), path + "." + field.getKey(), faults, depth + 1));
        }
    }

    private void send(int merchant, ObjectNode step, String path, Faults faults) {
        String channel = step.path("channel").asText();
        if (!ChannelNames.ALL.contains(channel)) {
            return;
        }
        JsonNode template = step.path("template");
        if (template.has("ref")) {
            step.set("template", referred(merchant, channel, Fields.of(path, template, faults)));
        } else if (isCompiled(template)) {
            var own = new Faults();
            Text text = new TextReader(ChannelNames.parse(channel)).read(Fields.of(path, template, own));
            if (own.violations().isEmpty()) {
                step.set("template", TextJson.write(text));
            }
        }
    }

    private static boolean isCompiled(JsonNode template) {
        return Stream.concat(Stream.of(template), template.path("translations").valueStream())
                .anyMatch(one -> one.has("mjml") || one.has("layout") || one.has("html") && !one.has("text"));
    }

    private JsonNode referred(int merchant, String channel, Fields fields) {
        String reference = fields.text("ref", 100);
        Long version = fields.number("version", 1, Integer.MAX_VALUE);
        fields.done();
        Stored stored = reference == null
                ? null
                : templates
                        .find(merchant, reference, version == null ? null : version.intValue())
                        .orElse(null);
        if (stored == null) {
            fields.fault("ref", "no template " + reference + (version == null ? "" : " of version " + version));
        } else if (!stored.channel().equals(channel)) {
            fields.fault("ref", "is a template for " + stored.channel());
        } else if (stored.archivedAt() != null) {
            fields.fault("ref", "is archived");
        } else {
            return read(stored.compiled());
        }
        // stands in, so that the rest of the campaign is read too
        ObjectNode standIn = JsonNodeFactory.instance.objectNode().put("text", "-");
        return "sms".equals(channel) ? standIn : standIn.put("subject", "-");
    }

    private JsonNode read(String compiled) {
        try {
            return json.readTree(compiled);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored template is unreadable", e);
        }
    }
}
