package io.regulars.campaign.link;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A template's plain text with its links numbered, as those of [TrackedHtml] are: only what is written out.
///
/// @param template with a mark in place of each numbered link
/// @param urls what stood there
public record TrackedText(String template, List<String> urls) {

    /// Up to a blank, a bracket, a Chinese mark, or a mark that ends a sentence; not where a variable follows.
    private static final Pattern LINK = Pattern.compile(
            "https?://[^\\s{}<>\"'（）【】，。；：！？、]*[^\\s{}<>\"'（）【】，。；：！？、.,;:!?)](?![^\\s{}<>\"'（）【】，。；：！？、]*\\{)");

    public TrackedText {
        urls = List.copyOf(urls);
    }

    public static TrackedText of(String text) {
        return of(text, 0);
    }

    /// @param first the number of its first link
    public static TrackedText of(String text, int first) {
        List<String> urls = new ArrayList<>();
        var out = new StringBuilder();
        Matcher links = LINK.matcher(TrackedHtml.unmarked(text));
        while (links.find()) {
            links.appendReplacement(out, TrackedHtml.mark(first + urls.size()));
            urls.add(links.group());
        }
        links.appendTail(out);
        return new TrackedText(out.toString(), urls);
    }
}
