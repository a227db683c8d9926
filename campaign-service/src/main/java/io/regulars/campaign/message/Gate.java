package io.regulars.campaign.message;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Obstacle;
import io.regulars.campaign.campaign.Question;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.events.Channel;

/// Everything that can speak against a message, in the order in which it is said.
final class Gate {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Answers answers;
    private final Instant now;

    Gate(Answers answers, Instant now) {
        this.answers = answers;
        this.now = now;
    }

    /// @param counted what counts against the customer's caps, by channel
    Verdict decide(Question question, Channel channel, Map<Channel, List<Instant>> counted) {
        Verdict verdict = decide(question, channel);
        if (!(verdict instanceof Verdict.Go)) {
            return verdict;
        }
        Settings settings = answers.settings(question.customer().merchantId());
        return settings.capped(channel, counted, now).map(Gate::hold).orElse(verdict);
    }

    /// All but the caps.
    Verdict decide(Question question, Channel channel) {
        Optional<Obstacle> obstacle = answers.obstacle(question);
        if (obstacle.isPresent()) {
            return against(obstacle.get());
        }
        Customer customer = answers.customer(question.customer());
        Optional<String> silence = silence(customer, channel);
        if (silence.isPresent()) {
            return new Verdict.Skip(silence.get());
        }
        Optional<String> suppressed = answers.suppressed(customer.key(), channel);
        if (suppressed.isPresent()) {
            return new Verdict.Skip("the address is suppressed: " + suppressed.get());
        }
        Settings settings = answers.settings(customer.merchantId());
        return settings.quiet(channel, now, zone(customer, answers.shop(customer.merchantId())))
                .map(Gate::hold)
                .orElseGet(Verdict.Go::new);
    }

    private Verdict against(Obstacle obstacle) {
        return switch (obstacle.kind()) {
            case PAUSED -> new Verdict.Park();
            case NOT_YET_KNOWN -> new Verdict.Hold(now.plus(SOON), obstacle.reason());
            case ENDED, HELD_OUT, REACHED -> new Verdict.Skip(obstacle.reason());
        };
    }

    /// Why the channel must not, or cannot, reach the customer. The inbox needs no consent, and heeds a withdrawal.
    private static Optional<String> silence(Customer customer, Channel channel) {
        Boolean consent = customer.consent(channel);
        if (Boolean.FALSE.equals(consent)) {
            return Optional.of("consent for " + channel + " is withdrawn");
        }
        if (consent == null && channel != Channel.INBOX) {
            return Optional.of("no consent for " + channel + " was given");
        }
        if (customer.address(channel) == null) {
            return Optional.of(channel == Channel.SMS ? "no phone number is known" : "no e-mail address is known");
        }
        if (channel == Channel.EMAIL && customer.unsubscribeToken() == null) {
            return Optional.of("no way to unsubscribe is known");
        }
        return Optional.empty();
    }

    private static Verdict hold(Settings.Hold hold) {
        return new Verdict.Hold(hold.until(), hold.reason());
    }

    private static ZoneId zone(Customer customer, Shop shop) {
        try {
            return customer.timeZone() == null ? shop.zone() : ZoneId.of(customer.timeZone());
        } catch (DateTimeException unknownZone) {
            return shop.zone();
        }
    }
}
