package io.regulars.campaign.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Priorities.Preferred;
import io.regulars.campaign.campaign.Priorities.Priority;
import io.regulars.events.Channel;

/// Which of the messages go before others where the caps of a customer do not have room for all.
///
/// @param preferred the campaigns that say something of it, by their id
/// @param waiting what is due besides the batch, of campaigns among those, by customer
record Order(Map<Long, Preferred> preferred, Map<CustomerKey, List<Rival>> waiting) {

    /// A message that is due and in nobody's hands, or in those of another worker who waits for this one.
    record Rival(Channel channel, long campaignId) {}

    static final Order NONE = new Order(Map.of(), Map.of());

    /// The highest priority first, then what is thought to earn the most, then the oldest.
    List<Claimed> sorted(List<Claimed> due) {
        return preferred.isEmpty()
                ? due
                : due.stream()
                        .sorted(Comparator.comparing((Claimed message) -> of(message.campaignId()))
                                .reversed()
                                .thenComparing(Claimed::plannedAt)
                                .thenComparing(message -> message.key().id()))
                        .toList();
    }

    boolean hasRivals(Claimed message) {
        return waiting.getOrDefault(message.customer(), List.of()).stream().anyMatch(rival -> beats(rival, message));
    }

    /// What counts for the customer, as if those that go before had gone.
    Map<Channel, List<Instant>> withRivals(Claimed message, Map<Channel, List<Instant>> counted, Instant now) {
        Map<Channel, List<Instant>> with = new EnumMap<>(Channel.class);
        counted.forEach((channel, at) -> with.put(channel, new ArrayList<>(at)));
        waiting.getOrDefault(message.customer(), List.of()).stream()
                .filter(rival -> beats(rival, message))
                .forEach(rival -> with.computeIfAbsent(rival.channel(), key -> new ArrayList<>())
                        .addFirst(now));
        return with;
    }

    private boolean beats(Rival rival, Claimed message) {
        return of(rival.campaignId()).before(of(message.campaignId()));
    }

    private Priority of(long campaign) {
        Preferred found = preferred.get(campaign);
        return found == null ? Priority.NONE : found.priority();
    }
}
