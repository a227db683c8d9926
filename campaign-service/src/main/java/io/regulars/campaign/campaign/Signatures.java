package io.regulars.campaign.campaign;

import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.channel.SmsSignature;
import io.regulars.campaign.reading.Faults;

/// Refuses an SMS that is written with another's signature. What values make of a text is judged when it is
/// sent.
final class Signatures {

    private static final String ANY_SHOP = "{shop.name}";

    private final Supplier<String> shop;
    private final Faults faults;

    private Signatures(Supplier<String> shop, Faults faults) {
        this.shop = shop;
        this.faults = faults;
    }

    /// @param campaign as people write it
    /// @param shop asked only where a text is signed; a name that has not come yet is none to compare with
    static void check(JsonNode campaign, Supplier<String> shop, Faults faults) {
        new Signatures(shop, faults).look(campaign.path("steps"), "steps");
    }

    private void look(JsonNode node, String path) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                look(node.get(i), path + "[" + i + "]");
            }
        } else if (node.isObject()) {
            if ("send".equals(node.path("type").asText())
                    && "sms".equals(node.path("channel").asText())) {
                template(node.path("template"), path + ".template");
            }
            node.properties().forEach(field -> look(field.getValue(), path + "." + field.getKey()));
        }
    }

    private void template(JsonNode template, String path) {
        text(template.path("text").asText(""), path + ".text");
        template.path("translations")
                .properties()
                .forEach(one -> template(one.getValue(), path + ".translations." + one.getKey()));
    }

    private void text(String text, String path) {
        String rest = SmsSignature.unsigned(text, ANY_SHOP);
        if (SmsSignature.of(rest).isEmpty()) {
            return;
        }
        String name = shop.get();
        if (!name.isBlank() && !SmsSignature.own(rest, name)) {
            faults.add(path, "begins with a signature that is not the shop's, which is 【" + name + "】");
        }
    }
}
