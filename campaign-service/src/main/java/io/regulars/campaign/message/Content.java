package io.regulars.campaign.message;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.channel.Email;
import io.regulars.campaign.channel.Sms;
import io.regulars.campaign.channel.SmsSignature;
import io.regulars.campaign.link.MessageLinks;
import io.regulars.campaign.template.Renderer;
import io.regulars.campaign.template.TemplateException;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;

/// Fills a claimed message's template with what is known of the customer now.
final class Content {

    /// Of the key, in a Message-ID: the name that a report is matched by follows, and both have to fit in an
    /// address.
    private static final int CAUSE = 16;

    private static final String OPT_OUT = "拒收请回复R";

    private final Claimed message;
    private final Customer customer;
    private final Shop shop;
    private final String unsubscribeUrl;
    private final Text filled;
    private final MessageLinks links;
    private final boolean shortened;
    private final boolean marketing;
    private final boolean chinese;

    /// @param publicUrl where customers reach us, without a slash at its end
    Content(Claimed message, Plan plan, Customer customer, Shop shop, String publicUrl, Instant now)
            throws TemplateException {
        this(message, plan, customer, shop, Values.unsubscribeUrl(publicUrl, customer), now, null, Map.of());
    }

    /// @param unsubscribeUrl null where the customer has none
    /// @param links of an e-mail or SMS; null for none
    /// @param recommended products by the list's name
    Content(
            Claimed message,
            Plan plan,
            Customer customer,
            Shop shop,
            String unsubscribeUrl,
            Instant now,
            MessageLinks links,
            Map<String, List<Map<String, String>>> recommended)
            throws TemplateException {
        this(
                message,
                ((Step.Send) plan.definition().steps().get(message.step())).template(),
                plan.marketing(),
                plan.definition().shortLinks(),
                customer,
                shop,
                unsubscribeUrl,
                now,
                links,
                recommended);
    }

    /// @param template what the message says, in all its languages
    Content(
            Claimed message,
            Text template,
            boolean marketing,
            boolean shortLinks,
            Customer customer,
            Shop shop,
            String unsubscribeUrl,
            Instant now,
            MessageLinks links,
            Map<String, List<Map<String, String>>> recommended)
            throws TemplateException {
        this.message = message;
        this.customer = customer;
        this.shop = shop;
        this.unsubscribeUrl = unsubscribeUrl;
        this.links = message.channel() == Channel.INBOX ? null : links;
        this.shortened = message.channel() == Channel.SMS && tracked() && shortLinks;
        this.marketing = marketing;
        this.chinese = template.translations().isEmpty() || customer.language() == null
                ? shop.chinese()
                : customer.language().toLowerCase(Locale.ROOT).startsWith("zh");
        Text chosen = template.in(customer.language(), shop.locale());
        this.filled = Renderer.render(
                tracked() ? NumberedLinks.of(template, chosen, message.channel(), shortened) : chosen,
                Values.of(message.context(), customer, shop, unsubscribeUrl, now),
                recommended);
        if (marketing && message.channel() == Channel.EMAIL && unsubscribeUrl == null) {
            throw new TemplateException("the customer has no link to unsubscribe by");
        }
        if (message.channel() == Channel.SMS && !SmsSignature.own(filled.text(), shop.name())) {
            throw new TemplateException("begins with a signature in 【】 that is not this shop's");
        }
    }

    private boolean tracked() {
        return links != null && links.tracked();
    }

    Text text() {
        return filled;
    }

    /// Marketing says in the message, too, how to hear no more of it.
    Email email() {
        String text = filled.text();
        String html = filled.html() == null ? Renderer.asHtml(text, filled.preheader()) : filled.html();
        if (marketing) {
            html = WayOut.inHtml(html, unsubscribeUrl, chinese);
            text = WayOut.inText(text, unsubscribeUrl, chinese);
        }
        return new Email(
                links == null ? key() : key().substring(0, CAUSE) + "." + links.name(),
                shop.name(),
                customer.email(),
                filled.subject(),
                text,
                tracked() ? links.fill(html) : html,
                marketing ? unsubscribeUrl : null);
    }

    /// With the signature and the way out that the rules for marketing SMS want, where the text has none.
    Sms sms() {
        String text = (shortened ? links.fillText(filled.text()) : filled.text()).strip();
        if (!marketing) {
            return new Sms(key(), customer.phone(), signed(text), message.perhapsBy());
        }
        if (shop.chinese()) {
            text = signed(text);
            text = text.contains(OPT_OUT) ? text : text + (text.matches("(?s).*[。！？；，,.!?;]$") ? "" : "，") + OPT_OUT;
        } else {
            text = text.contains(shop.name()) ? text : shop.name() + ": " + text;
            text = text.toUpperCase(Locale.ROOT).contains("STOP") ? text : text + " Reply R to stop";
        }
        return new Sms(key(), customer.phone(), text, message.perhapsBy());
    }

    /// By the shop and nobody else.
    private String signed(String text) {
        if (shop.chinese()) {
            return "【" + shop.name() + "】" + SmsSignature.unsigned(text, shop.name());
        }
        return text.contains(shop.name()) ? text : shop.name() + ": " + text;
    }

    /// The same for each try to send this message.
    private String key() {
        String name = "%d/%d/%d/%s/%d/%s"
                .formatted(
                        message.key().merchantId(),
                        message.campaignId(),
                        message.key().customerId(),
                        message.occurrence(),
                        message.step(),
                        message.channel());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).toString(36);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
