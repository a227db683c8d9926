package io.regulars.campaign.message;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.regulars.campaign.guardrail.Budget;
import io.regulars.campaign.guardrail.BudgetsInMemory;
import io.regulars.campaign.guardrail.Cap;
import io.regulars.campaign.guardrail.Charges;
import io.regulars.campaign.message.MessagesInMemory.Row;
import io.regulars.events.Channel;

import static org.assertj.core.api.Assertions.assertThat;

/// That who is more urgent goes first, and that budgets hold to the last message.
final class LimitsOracle {

    private static final Duration SKEW = SendingOracle.SKEW.multipliedBy(2);

    private final SimulatedWorld world;

    /// When a message was first claimed for the try that it was paid for, by the worker's clock.
    private final Map<MessageKey, Instant> paidAt = new HashMap<>();

    LimitsOracle(SimulatedWorld world) {
        this.world = world;
    }

    void claimed(Claimed message, Instant now) {
        if (!message.perhapsSent()) {
            paidAt.put(message.key(), now);
        }
    }

    /// Nobody who goes takes the last place from a message that waits, may go and is more urgent.
    void goInTheirOrder(List<Claimed> going, Instant now) {
        for (var rival : List.copyOf(world.messages.rows.values())) {
            var lower = going.stream()
                    .filter(message -> message.customer().equals(rival.draft.customer()))
                    .filter(message -> isCapped(message.campaignId()))
                    .filter(message ->
                            world.shop.priority(campaign(rival)).before(world.shop.priority(message.campaignId())))
                    .map(Claimed::key)
                    .collect(Collectors.toSet());
            if (!lower.isEmpty() && mayGo(rival, now)) {
                assertThat(isFull(rival, Set.of(), now) && !isFull(rival, lower, now))
                        .as("%s goes before the more urgent %s", lower, rival)
                        .isFalse();
            }
        }
    }

    private boolean mayGo(Row row, Instant now) {
        return MessagesInMemory.waits(row, now)
                && !row.locked
                && row.countedAt == null
                && isCapped(campaign(row))
                && world.shop.active(campaign(row))
                && now.isBefore(
                        row.plannedAt.plus(world.shop.rules(campaign(row)).sendWithin()));
    }

    private boolean isFull(Row row, Set<MessageKey> without, Instant now) {
        return world.shop.settings.caps().stream()
                .filter(cap -> counts(cap, row.draft.channel()))
                .anyMatch(cap -> world.messages.rows.values().stream()
                                .filter(other -> other.draft.customer().equals(row.draft.customer()))
                                .filter(other -> counts(cap, other.draft.channel()) && !without.contains(other.key))
                                .filter(other -> other.countedAt != null
                                        && other.countedAt.plus(cap.per()).isAfter(now))
                                .count()
                        >= cap.max());
    }

    private static boolean counts(Cap cap, Channel channel) {
        return cap.channel() == null || cap.channel() == channel;
    }

    private boolean isCapped(long campaign) {
        return world.shop.isSubject(
                campaign, world.shop.settings.policy().transactional().caps());
    }

    private static long campaign(Row row) {
        return row.draft.campaign().campaignId();
    }

    /// When all has come to rest.
    void end() {
        for (var budget : world.shop.budgets.all()) {
            assertThat(budget.used())
                    .as("used of %s", budget)
                    .isEqualTo(charged(budget))
                    .isLessThanOrEqualTo(budget.most());
            receivedWithin(budget);
        }
    }

    private long charged(BudgetsInMemory.Seen budget) {
        return world.messages.rows.values().stream()
                .flatMap(row -> Charges.read(row.key.merchantId(), row.charged))
                .filter(charge ->
                        charge.budget().equals(budget.key()) && charge.period().equals(budget.period()))
                .mapToLong(charge -> charge.amount())
                .sum();
    }

    /// Those of the first and last seconds of a day count nowhere: the workers' clocks differ.
    private void receivedWithin(BudgetsInMemory.Seen budget) {
        Map<LocalDate, Long> received = new HashMap<>();
        for (var receipt : world.provider.receipts) {
            var row = world.messages.rows.get(receipt.message());
            var at = paidAt.get(receipt.message());
            var campaign = budget.key().campaign();
            var concerned = campaign == campaign(row)
                    || campaign == 0 && !world.shop.rules(campaign(row)).transactional();
            if (concerned && first(budget, at.minus(SKEW)).equals(first(budget, at.plus(SKEW)))) {
                var cost = budget.key().kind() == Budget.Kind.MONEY
                        ? world.shop.settings.policy().cost(receipt.channel())
                        : 1;
                received.merge(first(budget, at), cost, Long::sum);
            }
        }
        assertThat(received.values())
                .as("received of %s", budget)
                .allSatisfy(sum -> assertThat(sum).isLessThanOrEqualTo(budget.most()));
    }

    private LocalDate first(BudgetsInMemory.Seen budget, Instant at) {
        var day = LocalDate.ofInstant(at, world.shop.shop.zone());
        return switch (budget.key().per()) {
            case ALL -> LocalDate.EPOCH;
            case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
            default -> day;
        };
    }
}
