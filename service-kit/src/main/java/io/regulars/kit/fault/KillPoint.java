package io.regulars.kit.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The places where a crash is told apart from a crash at any other place. One list, so that a fault test can cover all
/// of them. With the environment variable `REGULARS_KILL_POINTS=true` each can be armed over the management port;
/// without it [#reach] is nothing, which the JIT sees.
public enum KillPoint {
    REQUEST_BEFORE_TRANSACTION("request.before-transaction", Service.CUSTOMER, Service.SCORING, Service.CAMPAIGN),
    REQUEST_IN_TRANSACTION("request.in-transaction", Service.CUSTOMER, Service.SCORING, Service.CAMPAIGN),
    REQUEST_BEFORE_ANSWER("request.before-answer", Service.CUSTOMER, Service.SCORING, Service.CAMPAIGN),
    ORDER_IN_TRANSACTION("order.in-transaction", Service.CUSTOMER),

    RELAY_AFTER_READ("relay.after-read", Service.CUSTOMER, Service.SCORING, Service.CAMPAIGN),
    RELAY_AFTER_SEND("relay.after-send", Service.CUSTOMER, Service.SCORING, Service.CAMPAIGN),
    RELAY_AFTER_DELETE("relay.after-delete", Service.CUSTOMER, Service.SCORING, Service.CAMPAIGN),
    RELAY_AFTER_COMMIT("relay.after-commit", Service.CUSTOMER, Service.SCORING, Service.CAMPAIGN),

    CONSUMER_BEFORE_TRANSACTION("consumer.before-transaction", Service.SCORING, Service.CAMPAIGN),
    CONSUMER_IN_TRANSACTION("consumer.in-transaction", Service.SCORING, Service.CAMPAIGN),
    CONSUMER_BEFORE_OFFSET("consumer.before-offset", Service.SCORING, Service.CAMPAIGN),

    RESCORE_IN_TRANSACTION("rescore.in-transaction", Service.SCORING),
    REVIEW_IN_TRANSACTION("review.in-transaction", Service.SCORING),
    RECOMPUTE_IN_RANGE("recompute.in-range", Service.SCORING),

    ENROLMENT_IN_TRANSACTION("enrolment.in-transaction", Service.CAMPAIGN),
    FAN_OUT_IN_CHUNK("fan-out.in-chunk", Service.CAMPAIGN),
    JOURNEY_IN_TRANSACTION("journey.in-transaction", Service.CAMPAIGN),
    COUPON_REDEEM_IN_TRANSACTION("coupon.redeem-in-transaction", Service.CAMPAIGN),
    MESSAGE_AFTER_CLAIM("message.after-claim", Service.CAMPAIGN),
    MESSAGE_AFTER_TRANSMITTING("message.after-transmitting", Service.CAMPAIGN),
    SMTP_AFTER_DATA("smtp.after-data", Service.CAMPAIGN),
    SMTP_AFTER_DOT("smtp.after-dot", Service.CAMPAIGN),
    SMTP_AFTER_RECEIPT("smtp.after-receipt", Service.CAMPAIGN),
    SMS_BEFORE_REQUEST("sms.before-request", Service.CAMPAIGN),
    SMS_AFTER_REQUEST("sms.after-request", Service.CAMPAIGN),
    SMS_AFTER_ANSWER("sms.after-answer", Service.CAMPAIGN),
    INBOX_IN_TRANSACTION("inbox.in-transaction", Service.CAMPAIGN),
    RESULT_IN_TRANSACTION("result.in-transaction", Service.CAMPAIGN);

    /// Read when the class is loaded, so that it is a constant to the JIT.
    static final boolean ON = Boolean.parseBoolean(System.getenv("REGULARS_KILL_POINTS"));

    static final KillSwitch SWITCH = new KillSwitch(() -> Runtime.getRuntime().halt(137));

    /// By the names of their applications.
    private static final class Service {
        static final String CUSTOMER = "customer-service";
        static final String SCORING = "scoring-service";
        static final String CAMPAIGN = "campaign-service";
    }

    private final String label;
    private final Set<String> services;

    KillPoint(String label, String... services) {
        this.label = label;
        this.services = Set.of(services);
    }

    /// The process is here. It dies where this arrival was armed: at once, without any farewell.
    public void reach() {
        if (ON) {
            SWITCH.reach(this);
        }
    }

    String label() {
        return label;
    }

    static List<KillPoint> of(String service) {
        return Arrays.stream(values())
                .filter(point -> point.services.contains(service))
                .toList();
    }
}
