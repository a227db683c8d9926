package io.regulars.campaign.message;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Names;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.channel.Email;
import io.regulars.campaign.channel.Sms;
import io.regulars.campaign.channel.SmsSignature;
import io.regulars.campaign.link.MessageLinks;
import io.regulars.campaign.link.TrackedHtml;
import io.regulars.campaign.link.TrackedText;
import io.regulars.campaign.template.Renderer;
import io.regulars.campaign.template.TemplateException;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;

/// Fills a claimed message's template with what is known of the customer now.
final class Content {

    private static final Map<String, String> CHINESE_TIERS = Map.of(
            "new", "新客户", "ordinary", "普通", "senior", "高级", "vip", "VIP", "super-vip", "超级VIP", "super_vip", "超级VIP");
    private static final Map<String, String> ENGLISH_TIERS = Map.of(
            "new",
            "new",
            "ordinary",
            "regular",
            "senior",
            "senior",
            "vip",
            "VIP",
            "super-vip",
            "super VIP",
            "super_vip",
            "super VIP");

    /// Of the key, in a Message-ID: the name that a report is matched by follows, and both have to fit in an
    /// address.
    private static final int CAUSE = 16;

    private static final String OPT_OUT = "拒收请回复R";

    private final Claimed message;
    private final Customer customer;
    private final Shop shop;
    private final String publicUrl;
    private final Text filled;
    private final MessageLinks links;
    private final boolean shortened;
    private final boolean marketing;

    /// @param publicUrl where customers reach us, without a slash at its end
    Content(Claimed message, Plan plan, Customer customer, Shop shop, String publicUrl, Instant now)
            throws TemplateException {
        this(message, plan, customer, shop, publicUrl, now, null);
    }

    /// @param links of an e-mail; null for none
    Content(Claimed message, Plan plan, Customer customer, Shop shop, String publicUrl, Instant now, MessageLinks links)
            throws TemplateException {
        this.message = message;
        this.customer = customer;
        this.shop = shop;
        this.publicUrl = publicUrl;
        this.links = message.channel() == Channel.INBOX ? null : links;
        this.shortened = message.channel() == Channel.SMS
                && tracked()
                && plan.definition().shortLinks();
        this.marketing = plan.marketing();
        var send = (Step.Send) plan.definition().steps().get(message.step());
        this.filled = Renderer.render(tracked() ? numbered(send.template()) : send.template(), values(now));
        if (message.channel() == Channel.SMS && !SmsSignature.own(filled.text(), shop.name())) {
            throw new TemplateException("begins with a signature in 【】 that is not this shop's");
        }
    }

    private boolean tracked() {
        return links != null && links.tracked();
    }

    private Text numbered(Text template) {
        if (shortened) {
            return new Text(null, TrackedText.of(template.text()).template(), null);
        }
        return template.html() == null
                ? template
                : new Text(
                        template.subject(),
                        template.text(),
                        TrackedHtml.of(template.html()).template());
    }

    Text text() {
        return filled;
    }

    Email email() {
        String html = filled.html() == null ? Renderer.asHtml(filled.text()) : filled.html();
        return new Email(
                links == null ? key() : key().substring(0, CAUSE) + "." + links.name(),
                shop.name(),
                customer.email(),
                filled.subject(),
                filled.text(),
                tracked() ? links.fill(html) : html,
                marketing ? unsubscribeUrl() : null);
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

    private Map<String, String> values(Instant now) {
        Map<String, String> values = new HashMap<>(message.context());
        values.remove("runsOutAt");
        values.remove("closesAt");
        values.put("customer.name", customer.name());
        values.put("customer.maskedName", Names.masked(customer.name()));
        values.put("customer.tier", tier());
        values.put("shop.name", shop.name());
        values.put("unsubscribeUrl", customer.unsubscribeToken() == null ? null : unsubscribeUrl());
        values.put("days", days(now));
        String until = message.context().get("coupon.validUntil");
        values.put(
                "coupon.validUntil",
                until == null
                        ? null
                        : LocalDate.ofInstant(Instant.parse(until), shop.zone()).toString());
        return values;
    }

    private String tier() {
        String key = customer.standing().tier();
        return key == null ? null : (shop.chinese() ? CHINESE_TIERS : ENGLISH_TIERS).getOrDefault(key, key);
    }

    /// Until the product runs out; else since the last order.
    private String days(Instant now) {
        String runsOut = message.context().get("runsOutAt");
        if (runsOut != null) {
            Duration left = Duration.between(now, Instant.parse(runsOut));
            return String.valueOf(Math.max(0, left.plusDays(1).minusNanos(1).toDays()));
        }
        return customer.lastOrderDay() == null
                ? null
                : String.valueOf(Math.max(
                        0, ChronoUnit.DAYS.between(customer.lastOrderDay(), LocalDate.ofInstant(now, shop.zone()))));
    }

    private String unsubscribeUrl() {
        return publicUrl + "/api/customer/unsubscribe/" + customer.unsubscribeToken() + "?channel=email";
    }
}
