package io.regulars.events;

import java.util.Arrays;

/// The topics, each with the one record type it carries and the CloudEvents `type` of its current version.
public enum Topic {
    MERCHANTS("regulars.merchants", MerchantChanged.class, "io.regulars.merchant.changed.v1", true),
    CUSTOMERS("regulars.customers", CustomerChanged.class, "io.regulars.customer.changed.v1", true),
    PRODUCTS("regulars.products", ProductChanged.class, "io.regulars.product.changed.v1", true),
    ORDERS("regulars.orders", OrderChanged.class, "io.regulars.order.changed.v1", true),
    INTERACTIONS("regulars.interactions", InteractionRecorded.class, "io.regulars.interaction.recorded.v1", true),
    SCORES("regulars.scores", ScoreChanged.class, "io.regulars.score.changed.v1", true),
    ENGAGEMENTS("regulars.engagements", EngagementRecorded.class, "io.regulars.engagement.recorded.v1", true);

    private final String topicName;
    private final Class<? extends Event> eventClass;
    private final String cloudEventType;
    private final boolean compacted;

    Topic(String topicName, Class<? extends Event> eventClass, String cloudEventType, boolean compacted) {
        this.topicName = topicName;
        this.eventClass = eventClass;
        this.cloudEventType = cloudEventType;
        this.compacted = compacted;
    }

    public static Topic of(Class<? extends Event> eventClass) {
        return Arrays.stream(values())
                .filter(topic -> topic.eventClass == eventClass)
                .findFirst()
                .orElseThrow();
    }

    public static Topic named(String topicName) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(topicName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic " + topicName));
    }

    public String topicName() {
        return topicName;
    }

    public Class<? extends Event> eventClass() {
        return eventClass;
    }

    public String cloudEventType() {
        return cloudEventType;
    }

    /// Whether the log keeps the last record of each key, so that a copy can be rebuilt from it.
    public boolean compacted() {
        return compacted;
    }
}
