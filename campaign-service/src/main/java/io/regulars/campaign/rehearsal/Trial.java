package io.regulars.campaign.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.CartTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Question;
import io.regulars.campaign.coupon.Supposed;
import io.regulars.campaign.journey.DryWalk;
import io.regulars.campaign.message.DryRun;
import io.regulars.campaign.message.DryRun.Letter;
import io.regulars.campaign.trigger.Recollections.Found;

/// One run through a campaign: customers with a cause go through its journey, and its messages through the
/// gate, each at its instant; what is held comes again when it would. Time goes on in steps of a quarter of
/// an hour, at which quiet hours begin and end.
final class Trial {

    /// Somebody cancelled it.
    static final class NotWanted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final int CHUNK = 500;

    /// Messages that wait are kept in memory; of a campaign for more the rest counts as held.
    private static final int MOST_WAITING = 200_000;

    static final Duration SLOT = Duration.ofMinutes(15);
    private static final int SAMPLES_A_STEP = 5;
    private static final int MOST_SAMPLES = 10;

    /// A message that waits, and why.
    private record Waiting(Letter letter, String reason) {}

    /// A message to be shown.
    record Sample(Letter letter, Instant at) {}

    private final Tools tools;
    private final Plan plan;
    private final boolean past;
    private final Instant now;
    private final Instant horizon;
    private final LongPredicate wanted;
    private final DryWalk.Memory memory;
    private final DryRun.Run run;
    private final Tally tally;
    private final TreeMap<Instant, List<Waiting>> queue = new TreeMap<>();
    private final Map<Integer, List<Sample>> samples = new TreeMap<>();
    private long waiting;
    private long letters;
    private long looked;
    private long causes;

    /// @param plan as if it were active
    /// @param past whether causes are of the past
    /// @param now when it begins
    /// @param horizon when it ends
    /// @param wanted told how many causes were looked at; false where nobody wants it any more
    Trial(Tools tools, Plan plan, Shop shop, boolean past, Instant now, Instant horizon, LongPredicate wanted) {
        this.tools = tools;
        this.plan = plan;
        this.past = past;
        this.now = now;
        this.horizon = horizon;
        this.wanted = wanted;
        this.memory = tools.walk().begin(plan, past);
        this.run = tools.run().begin(plan, shop, past, now);
        this.tally = new Tally(shop.zone());
    }

    /// Customers who have a cause; of one customer all at once, or in the order of time.
    void enter(List<Found> found) {
        for (int from = 0; from < found.size(); from += CHUNK) {
            List<Found> chunk = found.subList(from, Math.min(found.size(), from + CHUNK));
            tools.transaction(() -> {
                begin(chunk);
                return null;
            });
            causes += chunk.size();
            tell(chunk.size());
        }
    }

    private void begin(List<Found> found) {
        Set<Question> questions = found.stream()
                .map(one -> question(one.customerId(), one.cause().occurrence()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Answers answers = answers(questions, now);
        found.forEach(one -> tally.met(one.customerId()));
        DryWalk.Outcome outcome = tools.walk()
                .lead(
                        plan,
                        found.stream()
                                .map(one -> new DryWalk.Start(one.customerId(), one.cause(), later(now, one.at())))
                                .toList(),
                        answers,
                        memory);
        outcome.left().forEach((start, reason) -> tally.left(start.customerId(), reason));
        List<Letter> due = new ArrayList<>();
        outcome.sends().forEach(send -> {
            var letter = new Letter(
                    ++letters,
                    key(send.customerId()),
                    send.occurrence(),
                    send.step(),
                    send.channel(),
                    send.at(),
                    send.context());
            tally.planned(letter);
            if (past || send.at().isAfter(now)) {
                putBack(letter, send.at(), "the journey has not come so far");
            } else {
                due.add(letter);
            }
        });
        if (!due.isEmpty()) {
            judge(due, answers, now);
        }
        if (!past) {
            run.forget(found.stream()
                    .map(Found::customerId)
                    .distinct()
                    .filter(tally::settle)
                    .map(this::key)
                    .toList());
        }
    }

    /// What waits, until nothing does or the end has come.
    void follow() {
        while (!queue.isEmpty() && queue.firstKey().isBefore(horizon)) {
            var next = queue.pollFirstEntry();
            Instant slot = next.getKey();
            waiting -= next.getValue().size();
            List<Letter> due = next.getValue().stream().map(Waiting::letter).toList();
            for (int from = 0; from < due.size(); from += CHUNK) {
                List<Letter> chunk = due.subList(from, Math.min(due.size(), from + CHUNK));
                tools.transaction(() -> {
                    judge(chunk, answers(questions(chunk), slot), slot);
                    return null;
                });
            }
            tell(0);
        }
        queue.values().forEach(left -> left.forEach(one -> tally.waiting(one.letter(), one.reason())));
        queue.clear();
        tally.settleAll();
    }

    private void judge(List<Letter> due, Answers answers, Instant at) {
        var fates = tools.run().judge(run, due, answers, at);
        due.forEach(letter -> {
            switch (fates.get(letter)) {
                case DryRun.Goes(var parts) -> {
                    tally.goes(letter, at, parts);
                    List<Sample> shown = samples.computeIfAbsent(letter.step(), _ -> new ArrayList<>());
                    if (shown.size() < SAMPLES_A_STEP) {
                        shown.add(new Sample(letter, at));
                    }
                }
                case DryRun.Held(var until, var reason) -> {
                    tally.held(letter, reason);
                    putBack(letter, later(until, at.plus(SLOT)), reason);
                }
                case DryRun.Skipped(var reason) -> tally.stopped(letter, at, reason);
            }
        });
    }

    private void putBack(Letter letter, Instant at, String reason) {
        if (waiting >= MOST_WAITING) {
            tally.waiting(letter, reason);
            return;
        }
        waiting++;
        queue.computeIfAbsent(slot(at), _ -> new ArrayList<>()).add(new Waiting(letter, reason));
    }

    private static Instant slot(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond() / SLOT.toSeconds() * SLOT.toSeconds());
    }

    private Answers answers(Collection<Question> questions, Instant at) {
        var customers = tools.customers()
                .load(questions.stream().map(Question::customer).toList())
                .values();
        return tools.eligibility().suppose(plan, questions, customers, past ? gone(questions, at) : null);
    }

    /// Which carts of the past were ordered by then. What became of orders by then is not kept.
    private Map<Question, String> gone(Collection<Question> questions, Instant at) {
        Map<Question, String> gone = new HashMap<>();
        if (plan.definition().trigger() instanceof CartTrigger) {
            var ended = tools.carts()
                    .ended(
                            questions.stream()
                                    .map(one -> CartTrigger.stateOf(one.customer(), one.occurrence()))
                                    .toList(),
                            at);
            questions.forEach(one -> {
                String why = ended.get(CartTrigger.stateOf(one.customer(), one.occurrence()));
                if (why != null) {
                    gone.put(one, why);
                }
            });
        }
        return gone;
    }

    private Set<Question> questions(List<Letter> letters) {
        return letters.stream()
                .map(letter -> question(letter.customer().customerId(), letter.occurrence()))
                .collect(Collectors.toSet());
    }

    private Question question(long customer, String occurrence) {
        return new Question(plan.key(), key(customer), occurrence);
    }

    private CustomerKey key(long customer) {
        return new CustomerKey(plan.merchantId(), customer);
    }

    private void tell(long more) {
        looked += more;
        if (!wanted.test(looked)) {
            throw new NotWanted();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    Tally tally() {
        return tally;
    }

    long causes() {
        return causes;
    }

    /// The coupons that it would have issued.
    Supposed issuing() {
        return memory.issuing();
    }

    /// Of each step some.
    List<Sample> samples() {
        return samples.values().stream()
                .flatMap(List::stream)
                .limit(MOST_SAMPLES)
                .toList();
    }
}
