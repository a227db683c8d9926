package io.regulars.campaign.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/// Finds what has no place in an e-mail: code, forms, frames, links that could run code or that a value could
/// lead elsewhere. Each fault names its line.
final class HtmlCheck {

    private static final Set<String> REFUSED = Set.of(
            "script",
            "iframe",
            "frame",
            "frameset",
            "object",
            "embed",
            "applet",
            "base",
            "form",
            "input",
            "mj-include");
    private static final Set<String> PICTURES = Set.of("img", "mj-image", "mj-social-element");
    private static final Set<String> LINKS = Set.of(
            "href", "src", "action", "formaction", "background", "background-url", "poster", "xlink:href", "srcset");
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel", "sms", "cid");
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Pattern ONE_VARIABLE = Pattern.compile("\\{[A-Za-z][^{}]*}");
    private static final Pattern BEHIND_HOST =
            Pattern.compile("(?:https?://[^/{}?#\\s]+[/?#]|mailto:|tel:|sms:|#).*", Pattern.DOTALL);
    private static final Pattern CODE =
            Pattern.compile("(?i)expression\\s*\\(|(?:javascript|vbscript)\\s*:|-moz-binding|behavior\\s*:");

    private HtmlCheck() {}

    static void ofHtml(String html, Consumer<String> fault) {
        check(Parser.htmlParser().setTrackPosition(true).parseInput(html, ""), false, fault);
    }

    /// Of MJML, where every picture has to say what it shows, too.
    static void ofMjml(String mjml, Consumer<String> fault) {
        check(Parser.xmlParser().setTrackPosition(true).parseInput(mjml, ""), true, fault);
    }

    /// Of what MJML was made into: its lines are nobody's.
    static List<String> ofCompiled(String html) {
        List<String> faults = new ArrayList<>();
        check(Parser.htmlParser().parseInput(html, ""), true, faults::add);
        return faults;
    }

    private static void check(Document document, boolean described, Consumer<String> fault) {
        for (Element element : document.getAllElements()) {
            String line = element.sourceRange().isTracked()
                    ? "line " + element.sourceRange().start().lineNumber() + ": "
                    : "";
            String tag = element.normalName();
            if (REFUSED.contains(tag)) {
                fault.accept(line + "<" + tag + "> has no place in an e-mail");
            }
            if ("meta".equals(tag) && "refresh".equalsIgnoreCase(element.attr("http-equiv"))) {
                fault.accept(line + "<meta> must not lead away");
            }
            if (described && PICTURES.contains(tag) && !element.hasAttr("alt")) {
                fault.accept(
                        line + "<" + tag + "> needs an alt that says what it shows; alt=\"\" where that is nothing");
            }
            if ("style".equals(tag) && CODE.matcher(element.data()).find()) {
                fault.accept(line + "<style> must hold no code");
            }
            for (Attribute attribute : element.attributes()) {
                check(tag, attribute, line, fault);
            }
        }
    }

    private static void check(String tag, Attribute attribute, String line, Consumer<String> fault) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        if (name.startsWith("on")) {
            fault.accept(line + "<" + tag + "> must have no " + name);
        } else if ("style".equals(name) && CODE.matcher(attribute.getValue()).find()) {
            fault.accept(line + "<" + tag + "> must have no code in its style");
        } else if (LINKS.contains(name)) {
            String wrong = wrongWith(attribute.getValue());
            if (wrong != null) {
                fault.accept(line + name + " of <" + tag + "> " + wrong);
            }
        }
    }

    /// What is wrong with a link; null where nothing is.
    static String wrongWith(String link) {
        String url = link.replaceAll("[\\s\\p{Cntrl}]+", "");
        if (ONE_VARIABLE.matcher(link.strip()).matches()) {
            return CODE.matcher(url).find() || url.toLowerCase(Locale.ROOT).contains("'data:")
                    ? "must not fall back on code"
                    : null;
        }
        if (url.indexOf('{') >= 0) {
            return BEHIND_HOST.matcher(url).matches()
                    ? null
                    : "must be one variable, or begin with https:// and a host and a slash before any variable";
        }
        var scheme = SCHEME.matcher(url);
        return scheme.matches() && !SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT))
                ? "must begin with https://, and not with " + scheme.group(1) + ":"
                : null;
    }
}
