package io.regulars.campaign.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

import io.regulars.campaign.audience.Condition;
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
    private final Set<CustomerKey> past = new HashSet<>();
    private final List<Deeds> deeds = new ArrayList<>();
    private final Crossroads crossroads;

    /// @param unique whether a cause enrols once
    public JourneysInMemory(boolean unique) {
        this(unique, (condition, customer) -> false);
    }

    /// @param holds whether a condition holds for a customer
    public JourneysInMemory(boolean unique, BiPredicate<Condition, Long> holds) {
        this.unique = unique;
        this.crossroads = new Crossroads(
                (merchant, condition, customers) -> customers.stream()
                        .filter(customer -> holds.test(condition, customer))
                        .collect(Collectors.toSet()),
                awaited -> awaited.keySet().stream()
                        .filter(one -> past.contains(one.customer()))
                        .collect(Collectors.toMap(one -> one, one -> one.enrolledAt)));
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
        var going = walk.admit(due);
        walk.paused().forEach(Enrolment::park);
        while (!going.isEmpty()) {
            var stops = walk.on(going);
            deeds.add(walk.takeDeeds());
            crossroads.choose(stops.branching(), answers);
            going = new ArrayList<>(stops.branching());
            going.addAll(crossroads.listen(stops.listening(), answers, now));
        }
        return new ArrayList<>(walk.drafts());
    }

    /// The event that a customer waits for, whatever it is.
    public void happens(CustomerKey customer, Instant now) {
        past.add(customer);
        enrolments.values().stream()
                .filter(one -> one.customer().equals(customer) && one.awaits != null)
                .forEach(one -> {
                    one.goOn(one.step + 1);
                    one.waitUntil(now);
                });
    }

    /// The arms that customers went, as `experiment:arm`.
    public List<String> arms() {
        return deeds.stream()
                .flatMap(done -> done.arms.stream())
                .map(one -> one.experiment() + ":" + one.arm())
                .toList();
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
