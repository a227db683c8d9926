package io.regulars.campaign.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Ready e-mails, in Chinese and English, around a text: `letter`; `offer`, with the coupon's code in a box;
/// `products`, with what is recommended; and `offer-products` with both.
final class Layouts {

    static final List<String> ALL = List.of("letter", "offer", "products", "offer-products");

    private static final Map<String, String> MJML =
            ALL.stream().collect(Collectors.toMap(Function.identity(), Layouts::read));

    private static final Map<String, String> CHINESE = Map.of(
            "until", "有效期至{coupon.validUntil ?: '用完为止'}",
            "for-you", "为您推荐",
            "way-out", " · <a href=\"{unsubscribeUrl}\" style=\"color:#6b6b6b\">退订</a>");
    private static final Map<String, String> ENGLISH = Map.of(
            "until", "valid until {coupon.validUntil ?: 'it is used'}",
            "for-you", "For you",
            "way-out", " · <a href=\"{unsubscribeUrl}\" style=\"color:#6b6b6b\">Unsubscribe</a>");

    private static final Pattern PLACE = Pattern.compile("\\[\\[([a-z-]+)]]");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^{}\\n]*}");
    private static final Pattern ONE_VARIABLE = Pattern.compile("\\{[^{}]*}");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'{}（），。；]+");

    private Layouts() {}

    /// @param words of the button
    /// @param link where it leads
    record Button(String words, String link) {}

    /// The MJML of a layout around a text.
    ///
    /// @param button null for none
    static String mjml(String layout, String text, Button button, boolean chinese) {
        String pressed = button == null
                ? ""
                : "        <mj-button href=\"" + link(button.link()) + "\" background-color=\"#1f5fbf\">"
                        + escaped(button.words()) + "</mj-button>";
        Map<String, String> words = chinese ? CHINESE : ENGLISH;
        return PLACE.matcher(MJML.get(layout))
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group(1)) {
                            case "body" -> body(text);
                            case "button" -> pressed;
                            // a notice of an order has no way out, and its text names none
                            case "way-out" -> text.contains("unsubscribeUrl") ? words.get("way-out") : "";
                            case String name -> words.get(name);
                        }));
    }

    /// A paragraph that only tells how to unsubscribe has its place at the end of the layout.
    private static String body(String text) {
        return text.strip()
                .lines()
                .filter(line -> !line.contains("{unsubscribeUrl}"))
                .map(Layouts::escaped)
                .map(line -> LINK.matcher(line).replaceAll("<a href=\"$0\">$0</a>"))
                .collect(Collectors.joining("<br>\n"))
                .replaceAll("(<br>\n)+$", "");
    }

    /// What stands between variables, for HTML; those escape themselves when they are filled.
    static String escaped(String text) {
        var out = new StringBuilder();
        var variables = VARIABLE.matcher(text);
        int after = 0;
        while (variables.find()) {
            out.append(Templates.escape(text.substring(after, variables.start())))
                    .append(variables.group());
            after = variables.end();
        }
        return out.append(Templates.escape(text.substring(after))).toString();
    }

    private static String link(String link) {
        return ONE_VARIABLE.matcher(link).matches() ? link.replace("\"", "'") : escaped(link);
    }

    private static String read(String layout) {
        try (InputStream file = Layouts.class.getResourceAsStream("/layouts/" + layout + ".mjml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("layout " + layout + " is unreadable", e);
        }
    }
}
