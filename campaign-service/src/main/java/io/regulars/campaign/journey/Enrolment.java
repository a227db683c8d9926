package io.regulars.campaign.journey;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Question;

/// One customer's way through one campaign for one cause, in a worker's hands.
final class Enrolment {

    /// The keys of an enrolment's row.
    record Key(int merchantId, long customerId, long id) {}

    final Key key;
    final Plan.Key campaign;
    final String occurrence;
    final Instant enrolledAt;
    final Map<String, String> context;

    String state;
    String reason;
    int step;
    Instant dueAt;
    boolean parked;

    /// What it waits for at its step, until it is due; null where it waits for nothing but that.
    Awaited awaits;

    /// The holdout that its customer was subject to at the door, 0 for none; null before that, and later.
    BigDecimal holdoutPercent;

    /// What its steps can wait for. Set when it is enrolled.
    List<String> listens = List.of();

    /// When what began it happened; null where that is not known, or the enrolment itself. Set when it is
    /// enrolled.
    Instant causedAt;

    /// When the customer came to the step they stand at, by the time of what brought them there and not by
    /// when a worker got to it.
    private Instant reachedAt;

    /// Of that, when each was told of last that nothing else keeps.
    Map<String, OffsetDateTime> heard = Map.of();

    Enrolment(
            Key key,
            Plan.Key campaign,
            String occurrence,
            String state,
            int step,
            Instant dueAt,
            Instant enrolledAt,
            Map<String, String> context) {
        this.key = key;
        this.campaign = campaign;
        this.occurrence = occurrence;
        this.state = state;
        this.step = step;
        this.dueAt = dueAt;
        this.reachedAt = dueAt;
        this.enrolledAt = enrolledAt;
        this.context = new HashMap<>(context);
    }

    CustomerKey customer() {
        return new CustomerKey(key.merchantId(), key.customerId());
    }

    Question question() {
        return new Question(campaign, customer(), occurrence);
    }

    Instant since() {
        return causedAt == null ? enrolledAt : causedAt;
    }

    Instant reachedAt() {
        return entering() ? since() : reachedAt;
    }

    boolean entering() {
        return "entering".equals(state);
    }

    boolean open() {
        return dueAt != null;
    }

    boolean refused() {
        return "refused".equals(state);
    }

    void enter() {
        reachedAt = reachedAt();
        state = "active";
    }

    void await(Awaited what, Instant until) {
        awaits = what;
        dueAt = until;
    }

    /// It did not happen in time.
    void goOn(int at) {
        awaits = null;
        step = at;
    }

    /// It happened.
    void goOn(int at, Instant happenedAt) {
        goOn(at);
        if (happenedAt.isAfter(reachedAt)) {
            reachedAt = happenedAt;
        }
    }

    void waitUntil(Instant instant) {
        dueAt = instant;
    }

    /// At the step that it left behind, which is asked for again.
    void comeBack(Instant instant) {
        step--;
        waitUntil(instant);
    }

    /// The same, for something that there is too little of.
    void await(String why, Instant until) {
        comeBack(until);
        reason = why;
    }

    void park() {
        parked = true;
    }

    /// `refused` at the door, `exited` on the way.
    void leave(String why) {
        end(entering() ? "refused" : "exited", why);
    }

    void holdOut(String why) {
        end("held-out", why);
    }

    void finish() {
        end("finished", null);
    }

    /// Who got there before the first step was not led there.
    void reach(String goal) {
        end(entering() ? "refused" : "finished", goal);
    }

    private void end(String last, String why) {
        state = last;
        reason = why;
        dueAt = null;
        awaits = null;
    }
}
