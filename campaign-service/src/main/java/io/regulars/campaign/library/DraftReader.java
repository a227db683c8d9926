package io.regulars.campaign.library;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.campaign.template.TemplateCheck;
import io.regulars.campaign.template.Text;
import io.regulars.campaign.template.TextJson;
import io.regulars.campaign.template.TextReader;

/// Reads a template as people write it, and compiles it.
final class DraftReader {

    private DraftReader() {}

    /// 422 with everything that is wrong with it.
    static StoredTemplates.Draft read(JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String id = fields.required("externalId", fields.text("externalId", 60));
        String channel = fields.required("channel", fields.oneOf("channel", ChannelNames.ALL));
        String name = fields.text("name", 200);
        Fields content = fields.required("content", fields.object("content"));
        fields.done();
        if (id != null && !id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            fields.fault("externalId", "must be letters of a to z, digits, dots, hyphens and underscores");
        }
        JsonNode compiled = null;
        if (content != null && channel != null) {
            Text text = new TextReader(ChannelNames.parse(channel)).read(content);
            TemplateCheck.ofAnyCause(faults).check(content.path(), text, TextReader.source(content));
            compiled = TextJson.write(text);
        }
        faults.throwIfAny();
        return new StoredTemplates.Draft(id, channel, name == null ? id : name, fields.raw("content"), compiled);
    }
}
