package io.regulars.campaign.message;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.guardrail.Cap;
import io.regulars.campaign.guardrail.Policy;
import io.regulars.campaign.message.SimulatedProvider.Receipt;
import io.regulars.events.Channel;
import io.regulars.events.ScoreChanged;

import static org.assertj.core.api.Assertions.assertThat;

/// What must hold, said without the rules that are to be checked.
final class SendingOracle {

    static final Duration SKEW = Duration.ofSeconds(2);
    private static final int DAY = 86_400;

    private final SimulatedWorld world;
    private final Map<Long, ScoreChanged> told = new HashMap<>();
    private final Map<MessageKey, Instant> markedAt = new HashMap<>();
    private final LimitsOracle limits;
    private final Policy.Transactional transactional;
    private int mayBeUncertain;

    SendingOracle(SimulatedWorld world) {
        this.world = world;
        this.limits = new LimitsOracle(world);
        this.transactional = world.shop.settings.policy().transactional();
    }

    void told(ScoreChanged score) {
        told.merge(score.customerId(), score, (one, other) -> one.version() < other.version() ? other : one);
    }

    /// @param now by the worker's clock
    void claimed(List<Claimed> going, Instant now) {
        going.forEach(message -> claimed(message, now));
        limits.goInTheirOrder(going, now);
    }

    private boolean isSubject(Claimed message, boolean transactionalToo) {
        return world.shop.isSubject(message.campaignId(), transactionalToo);
    }

    private void claimed(Claimed message, Instant now) {
        var customer = world.shop.customers.get(message.key().customerId());
        var plan = world.shop.plans.get(message.campaignId());
        assertThat(plan.state()).as("state of the campaign of %s", message).isEqualTo("active");
        assertThat(world.shop.stopped).as("kill switch at %s", message).isFalse();
        assertThat(consents(
                        customer,
                        message.channel(),
                        world.shop.rules(message.campaignId()).transactional()))
                .as("consent of %s to %s", customer, message)
                .isTrue();
        assertThat(isSubject(message, transactional.quietHours()) && isQuiet(customer, message.channel(), now))
                .as("quiet at %s for %s by %s", now, customer, message)
                .isFalse();
        assertThat(now)
                .as("claim of %s", message)
                .isBefore(message.plannedAt()
                        .plus(world.shop.rules(message.campaignId()).sendWithin()));
        limits.claimed(message, now);
        assertThat(world.shop.holdout(message.campaignId()))
                .as("holdout of %s", message)
                .isNotEqualTo(BigDecimal.valueOf(100));
        var score = told.get(message.key().customerId());
        assertThat(message.occurrence())
                .as("cause of %s", message)
                .isIn(
                        "tier:" + score.tier().seq(),
                        "stage:" + score.stage().key() + ":" + score.stage().seq());
    }

    /// What waits in a paused campaign goes on waiting.
    void decided(List<Transition> changes) {
        changes.stream()
                .filter(change -> change.to() == MessageState.SKIPPED || change.to() == MessageState.UNCERTAIN)
                .map(change -> world.messages.rows.get(change.message()))
                .forEach(row -> assertThat(world.shop
                                .plans
                                .get(row.draft.campaign().campaignId())
                                .state())
                        .as("state of the campaign of the dropped %s", row)
                        .isNotEqualTo("paused"));
    }

    /// A notice of an order asks no consent, and is stopped by a word against text messages.
    private static boolean consents(Customer customer, Channel channel, boolean notice) {
        if (notice) {
            return customer.profiled() && (channel != Channel.SMS || !Boolean.FALSE.equals(customer.smsConsent()));
        }
        var said = new HashMap<Channel, Boolean>();
        said.put(Channel.SMS, customer.smsConsent());
        said.put(Channel.EMAIL, customer.emailConsent());
        said.put(Channel.INBOX, !Boolean.FALSE.equals(customer.inboxConsent()));
        return Boolean.TRUE.equals(said.get(channel)) && customer.profiled();
    }

    /// By seconds of the customer's day.
    private boolean isQuiet(Customer customer, Channel channel, Instant now) {
        var hours = world.shop.settings.quietHours();
        if (hours == null || !hours.channels().contains(channel)) {
            return false;
        }
        var zone = customer.timeZone() == null ? world.shop.shop.zone() : ZoneId.of(customer.timeZone());
        return isQuiet(hours.from(), hours.to(), now, zone);
    }

    static boolean isQuiet(LocalTime from, LocalTime to, Instant now, ZoneId zone) {
        var second = Math.floorMod(
                now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds(), (long) DAY);
        var sinceFrom = Math.floorMod(second - from.toSecondOfDay(), (long) DAY);
        return sinceFrom < Math.floorMod(to.toSecondOfDay() - from.toSecondOfDay(), DAY);
    }

    void answered(Outcome outcome) {
        mayBeUncertain += outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Repeat ? 1 : 0;
    }

    void marked(MessageKey message) {
        assertThat(world.shop.stopped).as("kill switch at %s", message).isFalse();
        markedAt.put(message, world.chance.now);
    }

    /// A worker is taken for lost.
    void abandoned(MessageKey message) {
        var since = markedAt.get(message);
        mayBeUncertain += since != null && since.plus(Duration.ofMinutes(3)).isBefore(world.chance.now) ? 1 : 0;
    }

    /// When all has come to rest.
    void end() {
        receiptsFitTheStates();
        capsHeld();
        limits.end();
        causesEnrolledOnce();
        world.shop.scores.forEach((id, score) -> assertThat(
                        world.shop.customers.get(id).standing().tierSeq())
                .as("tier step of %d", id)
                .isEqualTo(score.tier().seq()));
    }

    private void receiptsFitTheStates() {
        var receipts = new HashMap<MessageKey, Integer>();
        world.provider.receipts.forEach(receipt -> receipts.merge(receipt.message(), 1, Integer::sum));
        var uncertain = 0;
        for (var row : world.messages.rows.values()) {
            var received = receipts.getOrDefault(row.key, 0);
            switch (row.state) {
                case SENT -> assertThat(received).as("receipts of %s", row).isOne();
                case SKIPPED, FAILED ->
                    assertThat(received).as("receipts of %s", row).isZero();
                case UNCERTAIN -> {
                    assertThat(received).as("receipts of %s", row).isLessThanOrEqualTo(1);
                    uncertain++;
                }
                default -> throw new AssertionError("never came to rest: " + row);
            }
        }
        assertThat(uncertain).as("uncertain messages").isLessThanOrEqualTo(mayBeUncertain);
    }

    private void capsHeld() {
        Map<Long, List<Receipt>> byCustomer = world.provider.receipts.stream()
                .filter(receipt -> world.shop.isSubject(
                        world.messages
                                .rows
                                .get(receipt.message())
                                .draft
                                .campaign()
                                .campaignId(),
                        transactional.caps()))
                .collect(Collectors.groupingBy(receipt -> receipt.message().customerId()));
        byCustomer.values().forEach(all -> world.shop.settings.caps().forEach(cap -> held(cap, all)));
    }

    private static void held(Cap cap, List<Receipt> all) {
        var at = all.stream()
                .filter(receipt -> cap.channel() == null || cap.channel() == receipt.channel())
                .map(Receipt::claimedAt)
                .sorted()
                .toList();
        for (var i = cap.max(); i < at.size(); i++) {
            var apart = Duration.between(at.get(i - cap.max()), at.get(i)).plus(SKEW.multipliedBy(2));
            assertThat(apart).as("%s, received at %s", cap, at).isGreaterThanOrEqualTo(cap.per());
        }
    }

    private void causesEnrolledOnce() {
        var seen = new HashSet<List<Object>>();
        for (var one : world.journeys.all()) {
            assertThat(seen.add(List.of(one.customer(), one.campaign(), one.occurrence())))
                    .as("first enrolment: %s", one)
                    .isTrue();
            assertThat(one.state()).as("state of %s", one).isIn("finished", "exited", "refused", "held-out");
            var percent = world.shop.holdout(one.campaign()).intValueExact();
            assertThat(one.state().equals("held-out"))
                    .as("%s with %d %%", one, percent)
                    .isIn(percent > 0, false);
        }
    }
}
