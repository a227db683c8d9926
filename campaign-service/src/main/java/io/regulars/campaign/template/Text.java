package io.regulars.campaign.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a message says, before its variables are filled; or after.
///
/// @param subject null where the channel has none
/// @param preheader what mail programs show beside the subject; null where there is none. The HTML holds it too
/// @param html null where there is none
/// @param fallbacks by variable, for customers who lack it
/// @param translations the same in other languages, by BCP 47 tag in small letters
public record Text(
        String subject,
        String preheader,
        String text,
        String html,
        Map<String, String> fallbacks,
        Map<String, Text> translations) {

    public Text {
        fallbacks = Map.copyOf(fallbacks);
        translations = Map.copyOf(translations);
    }

    public Text(String subject, String text, String html) {
        this(subject, null, text, html, Map.of(), Map.of());
    }

    /// The one for the customer's language; else the one for the shop's; else this one. Of a language with a
    /// region or script the wider ones are tried after it (RFC 4647, lookup): `zh-hant-tw`, `zh-hant`, `zh`.
    ///
    /// @param languages BCP 47 tags, the first the dearest; null where unknown
    public Text in(String... languages) {
        for (String language : languages) {
            String tag = language == null
                    ? ""
                    : language.strip().toLowerCase(Locale.ROOT).replace('_', '-');
            while (!tag.isEmpty()) {
                if (translations.containsKey(tag)) {
                    return translations.get(tag);
                }
                tag = tag.substring(0, Math.max(0, tag.lastIndexOf('-')));
            }
        }
        return this;
    }

    /// The same with another text and HTML.
    public Text saying(String otherText, String otherHtml) {
        return new Text(subject, preheader, otherText, otherHtml, fallbacks, translations);
    }

    /// This one and its translations, always in the same order.
    public List<Text> variants() {
        return translations.isEmpty()
                ? List.of(this)
                : Stream.concat(Stream.of(this), new TreeMap<>(translations).values().stream())
                        .toList();
    }

    /// Whether it names products that are recommended.
    public boolean recommends() {
        return Stream.of(subject, text, html).anyMatch(part -> part != null && part.contains(Variables.RECOMMENDED));
    }
}
