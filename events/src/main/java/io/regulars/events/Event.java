package io.regulars.events;

/// Something a service published. Its topic, the key of its record and the customer whose order it must keep.
public sealed interface Event
        permits MerchantChanged,
                CustomerChanged,
                ProductChanged,
                OrderChanged,
                InteractionRecorded,
                ScoreChanged,
                EngagementRecorded {

    int merchantId();

    /// The thing's version, growing by one with each change; 1 for a fact, which never changes.
    long version();

    /// What the record is about, unique within the merchant and the topic: the compaction key.
    String thing();

    /// Whose events must stay in order with this one; 0 where the event is about no customer.
    long customerId();

    default Topic topic() {
        return Topic.of(getClass());
    }

    /// The Kafka record key.
    default String key() {
        return merchantId() + "/" + thing();
    }
}
