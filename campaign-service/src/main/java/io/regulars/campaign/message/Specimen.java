package io.regulars.campaign.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.channel.Email;
import io.regulars.campaign.channel.Sms;
import io.regulars.campaign.template.TemplateException;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;

/// A message as a customer would get it, made by the code that makes those that are sent, and sent to nobody.
/// Its link to unsubscribe leads nowhere, and no link is tracked.
public final class Specimen {

    private final Content content;

    private Specimen(Content content) {
        this.content = content;
    }

    /// @param text what is said, in all its languages
    /// @param values what the cause would name: `event.…`, `coupon.…`, `product.…`
    /// @param recommended products by the list's name
    /// @param publicUrl where customers reach us
    public static Specimen of(
            Text text,
            Channel channel,
            boolean marketing,
            Customer customer,
            Shop shop,
            Map<String, String> values,
            Map<String, List<Map<String, String>>> recommended,
            String publicUrl,
            Instant now)
            throws TemplateException {
        var message = new Claimed(
                new MessageKey(customer.merchantId(), customer.id(), 0),
                0,
                0,
                "specimen",
                0,
                channel,
                0,
                now,
                false,
                null,
                values);
        return new Specimen(new Content(
                message, text, marketing, false, customer, shop, nowhere(publicUrl), now, null, recommended));
    }

    /// The variables that a customer gives values to, as they are now; those without one are absent or blank.
    public static Map<String, String> values(
            Map<String, String> context, Customer customer, Shop shop, String publicUrl, Instant now) {
        return Values.of(context, customer, shop, nowhere(publicUrl), now);
    }

    private static String nowhere(String publicUrl) {
        return publicUrl.replaceFirst("/+$", "") + "/api/customer/unsubscribe/example?channel=email";
    }

    public Text text() {
        return content.text();
    }

    public Email email() {
        return content.email();
    }

    public Sms sms() {
        return content.sms();
    }
}
