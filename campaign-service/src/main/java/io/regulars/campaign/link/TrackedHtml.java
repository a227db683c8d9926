package io.regulars.campaign.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A template's HTML with its links numbered, from 0 in the order of the text. Only those that are written
/// out: what a variable is part of is known to nobody but the rendered message, and stays as it is.
///
/// @param template with a mark in place of each numbered link
/// @param urls what stood there
public record TrackedHtml(String template, List<String> urls) {

    private static final Pattern LINK =
            Pattern.compile("(?i)(<a\\s[^<>]*?href\\s*=\\s*)([\"'])\\s*(https?://[^\"'{}<>\\s]+)\\s*\\2");

    /// Letters that no text has: of the private use area.
    private static final Pattern MARK = Pattern.compile("\uE000(\\d{1,4})\uE001");

    private static final Pattern MARKS = Pattern.compile("[\uE000\uE001]");

    public TrackedHtml {
        urls = List.copyOf(urls);
    }

    public static TrackedHtml of(String html) {
        return of(html, 0);
    }

    /// @param first the number of its first link
    public static TrackedHtml of(String html, int first) {
        List<String> urls = new ArrayList<>();
        var out = new StringBuilder();
        Matcher links = LINK.matcher(unmarked(html));
        while (links.find()) {
            String quote = links.group(2);
            links.appendReplacement(
                    out, Matcher.quoteReplacement(links.group(1) + quote + mark(first + urls.size()) + quote));
            urls.add(plain(links.group(3)));
        }
        links.appendTail(out);
        return new TrackedHtml(out.toString(), urls);
    }

    static String unmarked(String text) {
        return MARKS.matcher(text).replaceAll("");
    }

    static String mark(int number) {
        return "\uE000" + number + "\uE001";
    }

    /// What was rendered, with links in place of the marks.
    static String linked(String rendered, IntFunction<String> link) {
        return MARK.matcher(rendered)
                .replaceAll(mark -> Matcher.quoteReplacement(link.apply(Integer.parseInt(mark.group(1)))));
    }

    /// As a browser would read the attribute; other entities have no place in an address.
    private static String plain(String attribute) {
        return attribute.replace("&amp;", "&").replace("&#38;", "&").replace("&#x26;", "&");
    }

    /// The rendered message with its links, and a picture at its end that tells when it is looked at.
    ///
    /// @param rendered of `template`
    public static String fill(String rendered, IntFunction<String> link, String picture) {
        String linked = linked(rendered, link);
        String image = "<img src=\"" + picture + "\" width=\"1\" height=\"1\" alt=\"\" style=\"border:0\">";
        int end = linked.toLowerCase(Locale.ROOT).lastIndexOf("</body>");
        return end < 0 ? linked + image : linked.substring(0, end) + image + linked.substring(end);
    }
}
