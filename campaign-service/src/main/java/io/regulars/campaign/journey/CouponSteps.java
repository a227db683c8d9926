package io.regulars.campaign.journey;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.coupon.Allowance;
import io.regulars.campaign.coupon.Issuing;
import io.regulars.campaign.guardrail.Settings;

/// Issues the coupons that journeys ask for. Who asks where a budget of coupons is used up waits at the step,
/// is looked at again each hour and when the budget is raised, and leaves when its campaign's messages would be
/// too late.
@ApplicationScoped
class CouponSteps {

    /// In the context of an enrolment that waits: since when.
    static final String ASKED_AT = "coupon.askedAt";

    private record Key(int merchant, long coupon) {
        static final Comparator<Key> ORDER =
                Comparator.comparingInt(Key::merchant).thenComparingLong(Key::coupon);
    }

    private final Issuing issuing;
    private final Allowance allowance;

    CouponSteps(Issuing issuing, Allowance allowance) {
        this.issuing = issuing;
        this.allowance = allowance;
    }

    /// For the transaction that leads these on.
    Batch begin(List<Enrolment> due, Answers answers, Instant now) {
        return new Batch(due, answers, now);
    }

    /// What one transaction issues, in rounds. Coupons are locked in the order of their keys, over all rounds:
    /// who asks for one that lies before those held already comes back in the next transaction, and asks first
    /// there.
    final class Batch {

        private final List<Enrolment> due;
        private final Answers answers;
        private final Instant now;
        private final Set<Key> held = new HashSet<>();
        private Key last;
        private Allowance.Held allowed;
        private boolean postponed;

        private Batch(List<Enrolment> due, Answers answers, Instant now) {
            this.due = due;
            this.answers = answers;
            this.now = now;
        }

        /// Whether somebody is to come back at once.
        boolean postponed() {
            return postponed;
        }

        /// @param wanted by those who left the step behind
        /// @return those who go on
        List<Enrolment> issue(Map<Enrolment, Long> wanted) {
            List<Enrolment> going = new ArrayList<>();
            if (wanted.isEmpty()) {
                return going;
            }
            if (allowed == null) {
                // all at once, before any coupon
                allowed = allowance.hold(
                        due.stream().map(one -> one.key.merchantId()).collect(Collectors.toSet()),
                        due.stream().map(one -> one.campaign.campaignId()).collect(Collectors.toSet()),
                        now);
            }
            Map<Issuing.Ask, Enrolment> asks = new LinkedHashMap<>();
            wanted.forEach((enrolment, coupon) -> {
                if (isInOrder(new Key(enrolment.key.merchantId(), coupon))) {
                    ask(enrolment, coupon, asks);
                } else {
                    enrolment.comeBack(now);
                    postponed = true;
                }
            });
            asks.keySet().forEach(this::hold);
            issuing.issue(List.copyOf(asks.keySet())).forEach((ask, answer) -> take(asks.get(ask), ask, answer, going));
            allowed.keep();
            return going;
        }

        private boolean isInOrder(Key key) {
            return last == null || held.contains(key) || Key.ORDER.compare(key, last) > 0;
        }

        private void hold(Issuing.Ask ask) {
            var key = new Key(ask.merchantId(), ask.couponId());
            held.add(key);
            last = last == null || Key.ORDER.compare(key, last) > 0 ? key : last;
        }

        private void ask(Enrolment enrolment, long coupon, Map<Issuing.Ask, Enrolment> asks) {
            Plan plan = answers.plan(enrolment.campaign);
            var ask = new Issuing.Ask(
                    enrolment.key.merchantId(),
                    enrolment.key.customerId(),
                    coupon,
                    enrolment.campaign.campaignId(),
                    enrolment.key.id());
            allowed.take(ask, plan.marketing())
                    .ifPresentOrElse(full -> await(enrolment, plan, full), () -> asks.put(ask, enrolment));
        }

        private void await(Enrolment enrolment, Plan plan, Settings.Hold full) {
            Instant since = since(enrolment.context.get(ASKED_AT));
            Instant end = plan.definition().rules().expiry(since);
            if (!end.isAfter(now)) {
                enrolment.leave("too late for the coupon: " + full.reason());
                return;
            }
            enrolment.context.put(ASKED_AT, since.toString());
            enrolment.await(full.reason(), full.until().isBefore(end) ? full.until() : end);
        }

        private Instant since(String written) {
            try {
                return written == null ? now : Instant.parse(written);
            } catch (DateTimeParseException e) {
                return now;
            }
        }

        /// Without the coupon a journey makes no sense and ends.
        private void take(Enrolment enrolment, Issuing.Ask ask, Issuing.Answer answer, List<Enrolment> going) {
            switch (answer) {
                case Issuing.Refused(var reason) -> {
                    allowed.putBack(ask);
                    enrolment.leave(reason);
                }
                case Issuing.Issued(var code, var description, var validUntil, var _) -> {
                    allowed.issued(ask);
                    enrolment.context.remove(ASKED_AT);
                    enrolment.context.put("coupon.code", code);
                    enrolment.context.put("coupon.description", description);
                    if (validUntil != null) {
                        enrolment.context.put("coupon.validUntil", validUntil.toString());
                    }
                    going.add(enrolment);
                }
            }
        }
    }
}
