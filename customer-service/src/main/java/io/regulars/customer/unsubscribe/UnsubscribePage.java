package io.regulars.customer.unsubscribe;

import java.util.List;
import java.util.Locale;

import io.regulars.customer.consent.ChannelName;
import io.regulars.customer.profile.Customer;
import io.regulars.events.Channel;

/// The page in the customer's language: Chinese, else English. It names the shop and the channel and nobody.
final class UnsubscribePage {

    private static final String FRAME = """
            <!doctype html>
            <html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>body{font:16px/1.6 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1em}
            button{font:inherit;padding:.5em 1.5em}</style></head>
            <body><h1>%s</h1>%s</body></html>
            """;

    private final boolean chinese;
    private final String shop;
    private final String channel;

    /// @param channel as the link names it; null where it is about all
    UnsubscribePage(Locale language, String shop, String channel) {
        this.chinese = "zh".equals(language.getLanguage());
        this.shop = escaped(shop);
        this.channel = channel == null ? null : channel.toLowerCase(Locale.ROOT);
    }

    String ask(Customer customer, List<Channel> channels) {
        boolean left = channels.stream()
                .allMatch(one -> customer.consents().containsKey(one)
                        && !customer.consents().get(one).granted());
        if (left) {
            return done();
        }
        return chinese
                ? page("退订", "<p>不再接收「%s」的%s？</p>%s".formatted(shop, channelName(), form("确认退订")))
                : page(
                        "Unsubscribe",
                        "<p>No more %s from %s?</p>%s".formatted(channelName(), shop, form("Unsubscribe")));
    }

    String done() {
        return chinese
                ? page("已退订", "<p>您不会再收到「%s」的%s。</p>".formatted(shop, channelName()))
                : page("Unsubscribed", "<p>You will get no more %s from %s.</p>".formatted(channelName(), shop));
    }

    static String unknown(String languages) {
        boolean zh = languages != null && languages.toLowerCase(Locale.ROOT).startsWith("zh");
        return zh
                ? FRAME.formatted("zh", "链接无效", "链接无效", "<p>此退订链接无效或不完整。</p>")
                : FRAME.formatted(
                        "en", "Unknown link", "Unknown link", "<p>This unsubscribe link is unknown or incomplete.</p>");
    }

    private String page(String title, String body) {
        return FRAME.formatted(chinese ? "zh" : "en", title, title, body);
    }

    private static String form(String button) {
        return "<form method=\"post\"><button name=\"List-Unsubscribe\" value=\"One-Click\">" + button
                + "</button></form>";
    }

    private String channelName() {
        Channel one = ChannelName.parse(channel).orElse(null);
        if (chinese) {
            return switch (one) {
                case EMAIL -> "营销邮件";
                case SMS -> "营销短信";
                case INBOX -> "站内消息";
                case null -> "营销消息";
            };
        }
        return switch (one) {
            case EMAIL -> "marketing e-mail";
            case SMS -> "marketing text messages";
            case INBOX -> "messages in the shop";
            case null -> "marketing messages";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
