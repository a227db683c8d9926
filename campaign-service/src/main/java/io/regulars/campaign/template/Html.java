package io.regulars.campaign.template;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Small additions to a page of HTML, by its text: it may hold variables and what only some mail programs read.
final class Html {

    private static final Pattern BODY = Pattern.compile("(?i)<body[^>]*>");
    private static final Pattern STYLE = Pattern.compile("(?is)(<style[^>]*>)(.*?)(</style>)");
    private static final int LINE = 900;
    private static final String MARK = "data-preheader";

    private static final String DARK = """
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <style>:root \\{ color-scheme: light dark; }</style>
            """;

    private Html() {}

    /// Shown beside the subject in a list of messages, and not in the message. What follows it keeps programs
    /// from adding the beginning of the text.
    static String withPreheader(String html, String preheader) {
        if (html.contains(MARK)) {
            return html;
        }
        String hidden = "<div " + MARK
                + "=\"\" style=\"display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;"
                + "overflow:hidden;mso-hide:all\">" + preheader + "&#8199;&#847; ".repeat(20) + "</div>";
        Matcher body = BODY.matcher(html);
        return body.find() ? html.substring(0, body.end()) + hidden + html.substring(body.end()) : hidden + html;
    }

    /// Says that dark colours suit it too, so that programs turn its colours less roughly.
    static String withDarkMode(String html) {
        int head = html.toLowerCase(Locale.ROOT).indexOf("</head>");
        return head < 0 ? html : html.substring(0, head) + DARK + html.substring(head);
    }

    /// Without indentation, in lines that mail servers take: smaller, and filled in fewer pieces.
    static String inFewLines(String html) {
        if (html.contains("<pre") || html.contains("white-space:pre")) {
            return html.strip();
        }
        var out = new StringBuilder(html.length());
        int width = 0;
        for (String line :
                html.lines().map(String::strip).filter(one -> !one.isEmpty()).toList()) {
            boolean fits = width > 0 && width + line.length() < LINE;
            if (width > 0) {
                out.append(fits ? ' ' : '\n');
            }
            out.append(line);
            width = (fits ? width + 1 : 0) + line.length();
        }
        return out.toString();
    }

    /// Braces of style sheets are no variables.
    static String withQuietStyles(String html) {
        return STYLE.matcher(html)
                .replaceAll(style ->
                        Matcher.quoteReplacement(style.group(1) + style.group(2).replace("{", "\\{") + style.group(3)));
    }
}
