package io.regulars.campaign.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What endpoints can be told of. The names are for ever: receivers go by them.
public enum EventType {
    TIER_CHANGED(
            "tier.changed",
            "A customer rose or fell to another tier.",
            "{\"customerId\": \"cus_4f\", \"from\": \"ordinary\", \"to\": \"vip\"}"),
    STAGE_CHANGED(
            "stage.changed",
            "A customer came to another stage of life, such as sleeping.",
            "{\"customerId\": \"cus_4f\", \"from\": \"growing\", \"to\": \"sleeping\"}"),
    CONSENT_GRANTED(
            "consent.granted",
            "A customer who is known allows a channel from now on.",
            "{\"customerId\": \"cus_4f\", \"channel\": \"email\"}"),
    CONSENT_WITHDRAWN(
            "consent.withdrawn",
            "A customer allows a channel no more: unsubscribed by a link, or was told so by the shop.",
            "{\"customerId\": \"cus_4f\", \"channel\": \"email\"}"),
    CUSTOMER_UNSUBSCRIBED(
            "customer.unsubscribed",
            "A customer answered a message with STOP, R or 退订: the address is written to no more.",
            "{\"customerId\": \"cus_4f\", \"channel\": \"sms\", \"campaignId\": \"cmp_7\", \"messageId\": \"msg_9k\"}"),
    MESSAGE_SENT("message.sent", "A provider took a message.", Examples.MESSAGE),
    MESSAGE_DELIVERED("message.delivered", "A message reached the customer's device or mailbox.", Examples.MESSAGE),
    MESSAGE_OPENED("message.opened", "A person opened a message for the first time.", Examples.MESSAGE),
    MESSAGE_CLICKED("message.clicked", "A person clicked a link of a message for the first time.", Examples.MESSAGE),
    MESSAGE_BOUNCED("message.bounced", "A message came back after it was taken.", Examples.NOT_DELIVERED),
    MESSAGE_COMPLAINED("message.complained", "A customer reported a message as unwanted.", Examples.MESSAGE),
    MESSAGE_FAILED("message.failed", "A provider refused a message, or every try failed.", Examples.NOT_DELIVERED),
    MESSAGE_UNCERTAIN(
            "message.uncertain", "A message was perhaps sent, and is not repeated for that.", Examples.NOT_DELIVERED),
    MESSAGE_SKIPPED("message.skipped", "A message was decided against, with the reason.", Examples.NOT_DELIVERED),
    COUPON_ISSUED(
            "coupon.issued",
            "A customer got a coupon code.",
            "{\"customerId\": \"cus_4f\", \"couponId\": \"cpn_3\", \"code\": \"7K3M9QX2TDWA\", \"campaignId\": \"cmp_7\"}"),
    COUPON_REDEEMED(
            "coupon.redeemed",
            "An order used a coupon code.",
            "{\"customerId\": \"cus_4f\", \"couponId\": \"cpn_3\", \"code\": \"7K3M9QX2TDWA\", \"orderId\": \"T1001\"}"),
    CAMPAIGN_PAUSED(
            "campaign.paused",
            "A campaign stopped itself, since it would reach far more customers than was expected.",
            "{\"campaignId\": \"cmp_7\", \"reason\": \"audience-size\", \"expected\": 10, \"found\": 80000}"),
    WEBHOOK_TEST("webhook.test", "Somebody asked for it, to try an endpoint. It goes to that one alone.", "{}");

    private final String type;
    private final String description;
    private final String example;

    EventType(String type, String description, String example) {
        this.type = type;
        this.description = description;
        this.example = example;
    }

    public String type() {
        return type;
    }

    String description() {
        return description;
    }

    /// Of `data`.
    String example() {
        return example;
    }

    /// What a message's state is told as; empty where it is not.
    public static Optional<EventType> ofMessage(String state) {
        return Arrays.stream(values())
                .filter(one -> one.type.equals("message." + state))
                .findFirst();
    }

    /// What an endpoint can ask for.
    static List<String> choices() {
        return Arrays.stream(values())
                .filter(one -> one != WEBHOOK_TEST)
                .map(EventType::type)
                .toList();
    }

    private static final class Examples {
        private static final String MESSAGE = "{\"customerId\": \"cus_4f\", \"messageId\": \"msg_9k\","
                + " \"campaignId\": \"cmp_7\", \"channel\": \"email\"}";
        private static final String NOT_DELIVERED = "{\"customerId\": \"cus_4f\", \"messageId\": \"msg_9k\","
                + " \"campaignId\": \"cmp_7\", \"channel\": \"email\", \"reason\": \"no consent\"}";

        private Examples() {}
    }
}
