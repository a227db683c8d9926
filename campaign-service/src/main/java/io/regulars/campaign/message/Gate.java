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
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Question;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.events.Channel;

/// Everything that can speak against a message, in the order in which it is said.
final class Gate {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration GIVES_WAY_FOR = Duration.ofSeconds(30);

    private final Answers answers;
    private final Instant now;

    Gate(Answers answers, Instant now) {
        this.answers = answers;
        this.now = now;
    }

    /// @param plannedAt since when the message has waited
    /// @param counted what counts against the customer's caps, by channel
    Verdict decide(Question question, Channel channel, Instant plannedAt, Map<Channel, List<Instant>> counted) {
        Verdict verdict = decide(question, channel, plannedAt);
        return verdict instanceof Verdict.Go && isCapped(question)
                ? inTime(capped(question, channel, counted, verdict), question, plannedAt)
                : verdict;
    }

    private Verdict capped(Question question, Channel channel, Map<Channel, List<Instant>> counted, Verdict verdict) {
        Settings settings = answers.settings(question.customer().merchantId());
        return settings.capped(channel, counted, now).map(Gate::hold).orElse(verdict);
    }

    /// All but the caps.
    Verdict decide(Question question, Channel channel, Instant plannedAt) {
        Optional<Obstacle> obstacle = answers.obstacle(question, now);
        if (obstacle.isPresent()) {
            return against(obstacle.get());
        }
        Plan plan = answers.plan(question.campaign());
        if (!now.isBefore(plan.definition().rules().expiry(plannedAt))) {
            return new Verdict.Skip(
                    "too late: it was to go within " + plan.definition().rules().sendWithin());
        }
        Customer customer = answers.customer(question.customer());
        Optional<String> silence = plan.marketing() ? silence(customer, channel) : noWay(customer, channel);
        if (silence.isPresent()) {
            return new Verdict.Skip(silence.get());
        }
        Optional<String> suppressed = answers.suppressed(customer.key(), channel);
        if (suppressed.isPresent()) {
            return new Verdict.Skip("the address is suppressed: " + suppressed.get());
        }
        return inTime(quiet(plan, customer, channel), question, plannedAt);
    }

    private Verdict quiet(Plan plan, Customer customer, Channel channel) {
        Settings settings = answers.settings(customer.merchantId());
        if (!plan.marketing() && !settings.policy().transactional().quietHours()) {
            return new Verdict.Go();
        }
        return settings.quiet(channel, now, zone(customer, answers.shop(customer.merchantId())))
                .map(Gate::hold)
                .orElseGet(Verdict.Go::new);
    }

    /// Whether the caps are for the message, and it for them.
    boolean isCapped(Question question) {
        return answers.plan(question.campaign()).marketing()
                || answers.settings(question.customer().merchantId())
                        .policy()
                        .transactional()
                        .caps();
    }

    /// Where a message of a campaign that goes before this one wants the last place: it is decided first. If it
    /// does not take the place, this one does then.
    ///
    /// @param counted with those that are waited for
    Verdict giveWay(Question question, Channel channel, Map<Channel, List<Instant>> counted) {
        Settings settings = answers.settings(question.customer().merchantId());
        return settings.capped(channel, counted, now).isPresent()
                ? new Verdict.Hold(now.plus(GIVES_WAY_FOR), "a message of a higher priority goes first")
                : new Verdict.Go();
    }

    /// What waits is decided again when it is too late, at the latest, so that it is said.
    Verdict inTime(Verdict verdict, Question question, Instant plannedAt) {
        Instant expiry = answers.plan(question.campaign()).definition().rules().expiry(plannedAt);
        return verdict instanceof Verdict.Hold(var until, var reason) && until.isAfter(expiry)
                ? new Verdict.Hold(expiry, reason)
                : verdict;
    }

    private Verdict against(Obstacle obstacle) {
        return switch (obstacle.kind()) {
            case PAUSED -> new Verdict.Park();
            case NOT_YET_KNOWN -> new Verdict.Hold(now.plus(SOON), obstacle.reason());
            case ENDED, HELD_OUT, REACHED -> new Verdict.Skip(obstacle.reason());
        };
    }

    /// Why the channel must not, or cannot, reach the customer. The inbox needs no consent, and heeds a
    /// withdrawal.
    private static Optional<String> silence(Customer customer, Channel channel) {
        Boolean consent = customer.consent(channel);
        if (Boolean.FALSE.equals(consent)) {
            return Optional.of("consent for " + channel + " is withdrawn");
        }
        if (consent == null && channel != Channel.INBOX) {
            return Optional.of("no consent for " + channel + " was given");
        }
        Optional<String> noWay = noWay(customer, channel);
        if (noWay.isPresent()) {
            return noWay;
        }
        if (channel == Channel.EMAIL && customer.unsubscribeToken() == null) {
            return Optional.of("no way to unsubscribe is known");
        }
        return Optional.empty();
    }

    /// What stops a notice of an order, too. A withdrawal for SMS is a word against every text message: who
    /// answered STOP or R is blocked by the networks, and revoked what the law asks for (47 CFR
    /// 64.1200(a)(10)). One for e-mail or the inbox is a word against advertising (ePrivacy Directive, article
    /// 13; 16 CFR 316.3): notices go on.
    private static Optional<String> noWay(Customer customer, Channel channel) {
        if (channel == Channel.SMS && Boolean.FALSE.equals(customer.smsConsent())) {
            return Optional.of("consent for SMS is withdrawn");
        }
        if (customer.address(channel) == null) {
            return Optional.of(channel == Channel.SMS ? "no phone number is known" : "no e-mail address is known");
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
