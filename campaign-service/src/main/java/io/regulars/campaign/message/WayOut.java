package io.regulars.campaign.message;

import java.util.Locale;

/// The link by which customers hear no more: laid at the end of an e-mail whose author wrote none.
final class WayOut {

    private WayOut() {}

    /// @param url null where the customer has none, and then there is none to lay in
    static String inHtml(String html, String url, boolean chinese) {
        if (url == null || html.contains(url)) {
            return html;
        }
        String line = "<p style=\"font-size:12px;color:#6b6b6b;text-align:center\"><a href=\"" + url
                + "\" style=\"color:#6b6b6b\">" + words(chinese) + "</a></p>";
        int written = html.lastIndexOf("</body>");
        int end = written < 0 ? html.toLowerCase(Locale.ROOT).lastIndexOf("</body>") : written;
        return end < 0 ? html + line : html.substring(0, end) + line + html.substring(end);
    }

    static String inText(String text, String url, boolean chinese) {
        return url == null || text.contains(url)
                ? text
                : text.stripTrailing() + "\n\n" + words(chinese) + (chinese ? "：" : ": ") + url;
    }

    private static String words(boolean chinese) {
        return chinese ? "退订" : "Unsubscribe";
    }
}
