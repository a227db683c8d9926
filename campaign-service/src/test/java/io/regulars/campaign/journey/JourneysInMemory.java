package io.regulars.campaign.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.KnownAnswers;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Question;
import io.regulars.campaign.message.Messages;

/// Enrolments in memory, led on as the service does it. Each call is a transaction.
public final class JourneysInMemory {

    /// An enrolment as others may see it.
    public record Seen(CustomerKey customer, long campaign, String occurrence, String state) {}

    private static final JourneyConfig CONFIG = new JourneyConfig() {
        @Override
        public int batch() {
            return 3;
        }

        @Override
        public Duration poll() {
            return Duration.ofMillis(250);
        }

        @Override
        public Duration profileWait() {
            return Duration.ofMinutes(10);
        }

        @Override
        public Duration profilePoll() {
            return Duration.ofSeconds(2);
        }
    };

    private final Map<Question, Enrolment> enrolments = new LinkedHashMap<>();
    private final boolean unique;

    /// @param unique whether a cause enrols once
    public JourneysInMemory(boolean unique) {
        this.unique = unique;
    }

    public void enrol(Plan plan, CustomerKey customer, String occurrence, Instant now) {
        var name = unique ? occurrence : occurrence + "#" + enrolments.size();
        var key = new Enrolment.Key(customer.merchantId(), customer.customerId(), enrolments.size() + 1L);
        enrolments.putIfAbsent(
                new Question(KnownAnswers.key(plan), customer, name),
                new Enrolment(key, KnownAnswers.key(plan), occurrence, "entering", 0, now, now, Map.of()));
    }

    /// A worker's turn.
    ///
    /// @return the messages to plan
    public List<Messages.Draft> advance(Answers answers, Instant now) {
        List<Enrolment> due = enrolments.values().stream()
                .filter(one -> one.dueAt != null && !one.dueAt.isAfter(now) && !one.parked)
                .limit(CONFIG.batch())
                .toList();
        var walk = new Walk(answers, CONFIG, now);
        walk.on(walk.admit(due));
        walk.paused().forEach(Enrolment::park);
        return new ArrayList<>(walk.drafts());
    }

    public void unpark(long campaign) {
        enrolments.values().stream()
                .filter(one -> one.campaign.campaignId() == campaign)
                .forEach(one -> one.parked = false);
    }

    public Instant nextDue() {
        return enrolments.values().stream()
                .filter(one -> !one.parked)
                .map(one -> one.dueAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    public List<Seen> all() {
        return enrolments.values().stream()
                .map(one -> new Seen(one.customer(), one.campaign.campaignId(), one.occurrence, one.state))
                .toList();
    }
}
