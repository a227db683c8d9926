package io.regulars.campaign.trigger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.audience.Scores.Moved;
import io.regulars.campaign.audience.Standing;
import io.regulars.campaign.occasion.Carts;
import io.regulars.campaign.occasion.Journal;
import io.regulars.campaign.occasion.Orders.Passed;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.events.ScoreChanged;
import io.regulars.events.ScoreChanged.RepurchaseWindow;
import io.regulars.events.ScoreChanged.Step;

/// Writes down what triggers begin with, in the transaction that applies it: as much of it as they ask for.
@ApplicationScoped
class Chronicle {

    static final String TIER = "tier";
    static final String GROUP = "group";
    static final String STAGE = "stage";
    static final String CHURN = "churn";
    static final String WINDOW = "window";
    static final String CLASS = "class:";
    static final String ORDER = "order:";
    static final String DID = "did:";

    private static final Set<String> DEEDS =
            Set.of("product_reviewed", "survey_answered", "complained", "inquired", Carts.ABANDONED);

    private final Journal journal;
    private final ObjectMapper json;

    Chronicle(Journal journal, ObjectMapper json) {
        this.journal = journal;
        this.json = json;
    }

    /// What is new in each standing, by itself. A first tier and a first class are no change of one.
    void moved(List<Moved> moved) {
        List<Journal.Entry> entries = new ArrayList<>();
        for (Moved one : moved) {
            ScoreChanged score = one.score();
            Standing before = one.before();
            Standing now = one.after();
            if (live(score.tier()) && now.tierSeq() > Math.max(1, before.tierSeq())) {
                entries.add(entry(score, TIER, now.tierSeq(), score.tier(), Part.tier(now)));
            }
            if (live(score.group()) && now.groupSeq() > before.groupSeq()) {
                entries.add(entry(score, GROUP, now.groupSeq(), score.group(), Part.group(now)));
            }
            if (live(score.stage()) && now.stageSeq() > before.stageSeq()) {
                entries.add(entry(score, STAGE, now.stageSeq(), score.stage(), Part.stage(now)));
            }
            if (score.churn() != null && live(score.churn().step()) && now.churnStep() > before.churnStep()) {
                entries.add(entry(score, CHURN, now.churnStep(), score.churn().step(), Part.churn(now)));
            }
            if (!score.backfill()) {
                windows(one, entries);
                classes(one, entries);
            }
        }
        journal.add(entries);
    }

    private void windows(Moved moved, List<Journal.Entry> entries) {
        List<String> before =
                moved.before().windows().stream().map(Chronicle::name).toList();
        moved.after().windows().stream()
                .filter(window -> !before.contains(name(window)))
                .forEach(window -> entries.add(
                        entry(moved.score(), WINDOW, name(window), moved.score().scoredAt(), Part.window(window))));
    }

    private void classes(Moved moved, List<Journal.Entry> entries) {
        if (moved.after().classes() == null) {
            return;
        }
        moved.after().classes().forEach((name, entered) -> {
            var held = moved.before().classOf(name);
            if (entered.seq() > 1 && (held == null || held.seq() < entered.seq())) {
                entries.add(entry(
                        moved.score(),
                        CLASS + name,
                        String.valueOf(entered.seq()),
                        moved.score().scoredAt(),
                        Part.classes(name, entered)));
            }
        });
    }

    /// What became of orders, each status once.
    void passed(List<Passed> passed) {
        journal.add(passed.stream()
                .filter(one -> !one.order().backfill() && one.order().status() != one.before())
                .map(this::entry)
                .toList());
    }

    private Journal.Entry entry(Passed passed) {
        OrderChanged order = passed.order();
        Instant at = order.changedAt() == null ? order.orderedAt() : order.changedAt();
        return new Journal.Entry(
                order.merchantId(),
                order.customerId(),
                ORDER + order.status(),
                String.valueOf(order.orderId()),
                at,
                write(new Passed(without(order), passed.before())));
    }

    /// Codes and channels are nothing that a trigger asks for.
    private static OrderChanged without(OrderChanged order) {
        return new OrderChanged(
                order.merchantId(),
                order.orderId(),
                order.version(),
                order.externalId(),
                order.customerId(),
                order.status(),
                order.orderedAt(),
                order.currency(),
                null,
                order.bigPromotion(),
                order.lines(),
                List.of(),
                false,
                order.changedAt());
    }

    /// What customers said in words is left out.
    void did(List<InteractionRecorded> facts) {
        journal.add(facts.stream()
                .filter(fact -> !fact.backfill() && DEEDS.contains(fact.kind()))
                .map(fact -> new Journal.Entry(
                        fact.merchantId(),
                        fact.customerId(),
                        DID + fact.kind(),
                        String.valueOf(fact.interactionId()),
                        fact.at(),
                        write(without(fact))))
                .toList());
    }

    private static InteractionRecorded without(InteractionRecorded fact) {
        boolean cart = Carts.ABANDONED.equals(fact.kind());
        return new InteractionRecorded(
                fact.merchantId(),
                fact.customerId(),
                fact.interactionId(),
                fact.externalId(),
                fact.kind(),
                fact.at(),
                fact.rating(),
                fact.subject(),
                cart ? Map.of("cart", Carts.cartOf(fact)) : Map.of(),
                false);
    }

    private static boolean live(Step step) {
        return step != null && !step.backfill();
    }

    static String name(RepurchaseWindow window) {
        return window.productCode() + ":" + window.causeOrderId();
    }

    private Journal.Entry entry(ScoreChanged score, String kind, long seq, Step step, Standing part) {
        Instant at = step.since() == null ? score.scoredAt() : step.since();
        return entry(score, kind, String.valueOf(seq), at, part);
    }

    private Journal.Entry entry(ScoreChanged score, String kind, String name, Instant at, Standing part) {
        return new Journal.Entry(score.merchantId(), score.customerId(), kind, name, at, write(part));
    }

    private String write(Object detail) {
        try {
            return json.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what happened cannot be written", e);
        }
    }
}
