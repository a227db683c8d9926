package io.regulars.campaign.template;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Fields;
import io.regulars.events.Channel;

/// Reads what a message says, as people write it:
///
/// - `subject` and `preheader`, of one line; `text`;
/// - of an e-mail one of `html`, `mjml`, or a `layout` (`letter`, `offer`, `products`, `offer-products`)
///   around the text, with a `button` (`text`, `url`); without a text it is derived from the HTML;
/// - `fallbacks` by variable; `translations` by BCP 47 tag, each of them like the whole.
public final class TextReader {

    private static final int LONGEST_SMS = 500;
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_HTML = 200_000;
    private static final int LONGEST_FALLBACK = 300;
    private static final int MOST_TRANSLATIONS = 20;
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private final Channel channel;
    private final boolean translating;

    public TextReader(Channel channel) {
        this(channel, false);
    }

    private TextReader(Channel channel, boolean translating) {
        this.channel = channel;
        this.translating = translating;
    }

    /// Where there are faults, the answer is of no use.
    public Text read(Fields fields) {
        return read(fields, null);
    }

    private Text read(Fields fields, String language) {
        String subject = oneLine(fields, "subject", 300);
        String preheader = oneLine(fields, "preheader", 200);
        String text = fields.text("text", channel == Channel.SMS ? LONGEST_SMS : LONGEST_TEXT);
        String html = html(fields, text, language);
        if (preheader != null
                && fields.has("mjml")
                && String.valueOf(fields.raw("mjml")).contains("<mj-preview")) {
            fields.fault("preheader", "goes without an <mj-preview> beside it");
        }
        if (html != null && preheader != null) {
            html = Html.withPreheader(html, forHtml(preheader));
        }
        if (text == null && html != null && !fields.has("text")) {
            text = PlainText.of(html);
        }
        Map<String, String> fallbacks = fallbacks(fields);
        Map<String, Text> translations = translations(fields);
        fields.done();
        if (channel != Channel.EMAIL || !fields.has("mjml") && !fields.has("html")) {
            fields.required("text", text);
        }
        switch (channel) {
            case EMAIL -> fields.required("subject", subject);
            case SMS -> refuse(fields, "an SMS", "subject", "preheader", "html");
            case INBOX -> refuse(fields, "the inbox", "preheader");
        }
        return new Text(subject, preheader, text, html, fallbacks, translations);
    }

    private static void refuse(Fields fields, String where, String... without) {
        for (String field : without) {
            if (fields.has(field)) {
                fields.fault(field, "has no meaning in " + where);
            }
        }
    }

    private static String oneLine(Fields fields, String field, int longest) {
        String line = fields.text(field, longest);
        if (line != null && line.chars().anyMatch(c -> c < ' ')) {
            fields.fault(field, "must be one line");
        }
        return line;
    }

    /// Which field the HTML is made from.
    public static String source(Fields fields) {
        return fields.has("mjml") ? "mjml" : fields.has("layout") ? "layout" : "html";
    }

    private String html(Fields fields, String text, String language) {
        String html = fields.text("html", LONGEST_HTML);
        if (channel != Channel.EMAIL) {
            return html;
        }
        String mjml = fields.text("mjml", Mjml.LONGEST);
        String layout = fields.oneOf("layout", Layouts.ALL);
        Layouts.Button button = button(fields.object("button"));
        if ((fields.has("html") ? 1 : 0) + (fields.has("mjml") ? 1 : 0) + (fields.has("layout") ? 1 : 0) > 1) {
            fields.fault(source(fields), "goes without html, mjml or layout beside it");
            return null;
        }
        if (button != null && layout == null) {
            fields.fault("button", "belongs to a layout");
        }
        if (html != null) {
            HtmlCheck.ofHtml(html, fault -> fields.fault("html", fault));
            return html;
        }
        boolean chinese = language == null
                ? HAN.matcher(text == null ? String.valueOf(mjml) : text).find()
                : language.startsWith("zh");
        String lang = language == null ? (chinese ? "zh" : "en") : language;
        if (mjml != null) {
            return Mjml.compile(mjml, lang, fault -> fields.fault("mjml", fault));
        }
        if (layout != null && text != null) {
            String source = Layouts.mjml(layout, text, button, chinese);
            return Mjml.compile(source, lang, fault -> fields.fault("layout", fault));
        }
        return null;
    }

    private static Layouts.Button button(Fields fields) {
        if (fields == null) {
            return null;
        }
        String words = fields.required("text", oneLine(fields, "text", 60));
        String url = fields.required("url", oneLine(fields, "url", 1_000));
        fields.done();
        if (url != null && HtmlCheck.wrongWith(url) instanceof String wrong) {
            fields.fault("url", wrong);
            return null;
        }
        return words == null || url == null ? null : new Layouts.Button(words, url);
    }

    private Map<String, String> fallbacks(Fields fields) {
        Map<String, String> read = new TreeMap<>();
        Fields given = fields.object("fallbacks");
        if (given != null && fields.raw("fallbacks") instanceof JsonNode node && node.isObject()) {
            node.fieldNames().forEachRemaining(variable -> {
                String value = given.text(variable, LONGEST_FALLBACK);
                if (!Variables.known(variable) || variable.equals("unsubscribeUrl")) {
                    given.fault(variable, "is no variable that can have a fallback");
                } else if (value != null) {
                    read.put(variable, value);
                }
            });
        }
        return read;
    }

    private Map<String, Text> translations(Fields fields) {
        Map<String, Text> read = new TreeMap<>();
        if (translating) {
            return read;
        }
        Fields given = fields.object("translations");
        if (given != null && fields.raw("translations") instanceof JsonNode node && node.isObject()) {
            if (node.size() > MOST_TRANSLATIONS) {
                fields.fault("translations", "must be at most " + MOST_TRANSLATIONS);
                return read;
            }
            node.fieldNames().forEachRemaining(tag -> {
                Fields one = given.object(tag);
                if (!isTag(tag)) {
                    given.fault(tag, "must be a language such as en or zh-Hant");
                } else if (one != null) {
                    String small = tag.toLowerCase(Locale.ROOT);
                    read.put(small, new TextReader(channel, true).read(one, small));
                }
            });
        }
        return read;
    }

    private static boolean isTag(String tag) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(tag)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    /// Of a template's plain words; its variables escape themselves.
    private static String forHtml(String words) {
        return Layouts.escaped(words);
    }
}
