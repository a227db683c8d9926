package io.regulars.campaign.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Scores;
import io.regulars.campaign.audience.Scores.Moved;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.campaign.journey.Enrolments;
import io.regulars.campaign.webhook.Announcements;
import io.regulars.events.ScoreChanged;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// Enrols customers for what their new score gives cause for and the one before did not, in the transaction that
/// applies it: a score that comes again is not newer, and a cause that is told again enrols nobody twice.
@ApplicationScoped
public class Triggers {

    private final Scores scores;
    private final Plans plans;
    private final Shops shops;
    private final Enrolments enrolments;
    private final Announcements announcements;
    private final Chronicle chronicle;

    Triggers(
            Scores scores,
            Plans plans,
            Shops shops,
            Enrolments enrolments,
            Announcements announcements,
            Chronicle chronicle) {
        this.scores = scores;
        this.plans = plans;
        this.shops = shops;
        this.enrolments = enrolments;
        this.chronicle = chronicle;
        this.announcements = announcements;
    }

    /// In the caller's transaction.
    public void apply(List<ScoreChanged> batch) {
        List<Moved> moved = scores.apply(batch);
        if (moved.isEmpty()) {
            return;
        }
        chronicle.moved(moved);
        announcements.tell(moved.stream().flatMap(StandingNews::of).toList());
        Set<Integer> merchants =
                moved.stream().map(one -> one.score().merchantId()).collect(Collectors.toSet());
        Map<Integer, List<Plan>> active =
                plans.active(merchants).stream().collect(Collectors.groupingBy(Plan::merchantId));
        Map<Integer, Map<String, String>> categories = active.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(), merchant -> shops.categories(merchant, windowProducts(moved, merchant))));
        List<Enrolments.Entry> entries = new ArrayList<>();
        for (Moved one : moved) {
            for (Plan plan : active.getOrDefault(one.score().merchantId(), List.of())) {
                for (Cause cause : newCauses(plan, one, categories.get(plan.merchantId()))) {
                    entries.add(new Enrolments.Entry(plan, one.score().customerId(), cause));
                }
            }
        }
        enrolments.enrol(entries);
    }

    /// What was scored before the activation is past: a topic that is read again from its start mails nobody.
    static List<Cause> newCauses(Plan plan, Moved moved, Map<String, String> categories) {
        Trigger trigger = plan.definition().trigger();
        if (!toldLive(trigger, moved.score()) || moved.score().scoredAt().isBefore(plan.activatedAt())) {
            return List.of();
        }
        Set<String> before = trigger.causes(moved.before(), categories).stream()
                .map(Cause::occurrence)
                .collect(Collectors.toSet());
        return trigger.causes(moved.after(), categories).stream()
                .filter(cause -> !before.contains(cause.occurrence()))
                .map(cause -> cause.happenedAt(moved.score().scoredAt()))
                .toList();
    }

    /// Loaded history and recomputes start no campaign. Each step says for itself where it comes from: the batch may
    /// have held another score of the customer between the one before and this.
    private static boolean toldLive(Trigger trigger, ScoreChanged score) {
        return switch (trigger) {
            case Trigger.TierChanged _ -> live(score.tier());
            case Trigger.GroupEntered _ -> live(score.group());
            case Trigger.StageEntered _, Trigger.FellAsleep _ -> live(score.stage());
            case Trigger.RepurchaseWindowOpened _, Trigger.ClassEntered _ -> !score.backfill();
            case Trigger.ChurnWarning _ ->
                score.churn() != null && live(score.churn().step());
            default -> false;
        };
    }

    private static boolean live(ScoreChanged.Step step) {
        return step != null && !step.backfill();
    }

    private static Set<String> windowProducts(List<Moved> moved, int merchant) {
        return moved.stream()
                .filter(one -> one.score().merchantId() == merchant)
                .flatMap(one -> one.after().windows().stream())
                .map(RepurchaseWindow::productCode)
                .collect(Collectors.toSet());
    }
}
