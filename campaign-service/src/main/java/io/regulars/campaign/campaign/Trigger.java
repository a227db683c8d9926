package io.regulars.campaign.campaign;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.regulars.campaign.audience.Standing;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// For which cause a customer enters a campaign. `causes` says what a standing gives reason for; what is new in it
/// since the standing before is what happened, and a cause that is gone from it ends the journey that it began.
///
/// Triggers with a file of their own begin with something else than a standing: an order, a cart, a day.
public sealed interface Trigger
        permits Trigger.TierChanged,
                Trigger.GroupEntered,
                Trigger.StageEntered,
                Trigger.FellAsleep,
                Trigger.RepurchaseWindowOpened,
                Trigger.ChurnWarning,
                Trigger.ClassEntered,
                Trigger.Broadcast,
                OrderTrigger,
                CartTrigger,
                InteractionTrigger,
                EventTrigger,
                DayTrigger {

    /// @param occurrence names the cause, so that it enrols once
    /// @param context what the cause knows for the templates
    /// @param from when the journey begins; null for at once
    /// @param at when it happened, however late it is read; null where only the enrolment is known
    record Cause(String occurrence, Map<String, String> context, Instant from, Instant at) {

        public Cause(String occurrence, Map<String, String> context) {
            this(occurrence, context, null, null);
        }

        public Cause happenedAt(Instant instant) {
            return new Cause(occurrence, context, from, instant);
        }

        static Cause of(String occurrence) {
            return new Cause(occurrence, Map.of());
        }
    }

    /// @param to tier keys, empty for any
    record TierChanged(String direction, List<String> to) implements Trigger {

        /// The first tier a customer ever has is no change of it.
        boolean matches(Standing standing) {
            if (standing.tierSeq() < 2 || standing.tierPrevious() == null) {
                return false;
            }
            boolean turned = switch (direction) {
                case "up" -> standing.tierRank() > standing.tierPreviousRank();
                case "down" -> standing.tierRank() < standing.tierPreviousRank();
                default -> true;
            };
            return turned && (to.isEmpty() || to.contains(standing.tier()));
        }
    }

    record GroupEntered(List<String> groups) implements Trigger {}

    record StageEntered(List<String> stages) implements Trigger {}

    record FellAsleep() implements Trigger {}

    /// Products and categories are alternatives; both empty means any product.
    record RepurchaseWindowOpened(List<String> products, List<String> categories) implements Trigger {

        boolean matches(RepurchaseWindow window, Map<String, String> shopCategories) {
            return products.isEmpty() && categories.isEmpty()
                    || products.contains(window.productCode())
                    || categories.contains(shopCategories.getOrDefault(window.productCode(), ""));
        }
    }

    record ChurnWarning() implements Trigger {}

    /// @param name of a classification, such as `satisfaction`
    record ClassEntered(String name, List<String> keys) implements Trigger {

        /// The first class a customer ever has is no entering of it.
        List<Cause> causes(Standing standing) {
            var now = standing.classOf(name);
            return now != null && now.seq() > 1 && keys.contains(now.key())
                    ? List.of(Cause.of("class:" + name + ":" + now.key() + ":" + now.seq()))
                    : List.of();
        }
    }

    record Broadcast() implements Trigger {}

    /// Whether a standing decides, so that those who are in it already can be enrolled.
    default boolean ofStanding() {
        return switch (this) {
            case OrderTrigger _, CartTrigger _, InteractionTrigger _, EventTrigger _, DayTrigger _ -> false;
            default -> true;
        };
    }

    /// The variables of its own that a template can rely on.
    default List<String> fills() {
        return switch (this) {
            case OrderTrigger _ -> List.of("event.order", "event.amount", "event.status");
            case CartTrigger _ -> List.of("event.cart");
            case InteractionTrigger _ -> List.of("event.day");
            case DayTrigger day -> day.variables();
            default -> List.of();
        };
    }

    default String type() {
        return switch (this) {
            case TierChanged _ -> "tier-changed";
            case GroupEntered _ -> "group-entered";
            case StageEntered _ -> "stage-entered";
            case FellAsleep _ -> "fell-asleep";
            case RepurchaseWindowOpened _ -> "repurchase-window-opened";
            case ChurnWarning _ -> "churn-warning";
            case ClassEntered _ -> "class-entered";
            case Broadcast _ -> "broadcast";
            case OrderTrigger order -> order.passage().type();
            case CartTrigger _ -> "cart-abandoned";
            case InteractionTrigger(var kind, var _, var _, var _) -> kind.type();
            case EventTrigger _ -> "event";
            case DayTrigger day -> day.name();
        };
    }

    /// @param categories category by product code, of the shop's products
    default List<Cause> causes(Standing standing, Map<String, String> categories) {
        return switch (this) {
            case TierChanged changed ->
                changed.matches(standing) ? List.of(Cause.of("tier:" + standing.tierSeq())) : List.of();
            case GroupEntered(var groups) ->
                standing.group() != null && groups.contains(standing.group())
                        ? List.of(Cause.of("group:" + standing.group() + ":" + standing.groupSeq()))
                        : List.of();
            case StageEntered(var stages) -> stage(standing, Set.copyOf(stages));
            case FellAsleep _ -> stage(standing, Set.of("sleeping"));
            case RepurchaseWindowOpened opened ->
                standing.windows().stream()
                        .filter(window -> opened.matches(window, categories))
                        .map(Trigger::repurchase)
                        .toList();
            case ChurnWarning _ ->
                standing.churnStep() > 0 ? List.of(Cause.of("churn:" + standing.churnStep())) : List.of();
            case ClassEntered entered -> entered.causes(standing);
            case Broadcast _ -> List.of(Cause.of("broadcast"));
            case OrderTrigger _, CartTrigger _, InteractionTrigger _, EventTrigger _, DayTrigger _ -> List.of();
        };
    }

    /// Why a customer is not in it now, for people.
    default String absence(Standing standing) {
        return switch (this) {
            case TierChanged(var direction, var to) ->
                standing.tierSeq() < 2
                        ? "the customer's tier (" + standing.tier() + ") has never changed"
                        : "the customer's last tier change was from %s to %s; the campaign is for %s to %s"
                                .formatted(
                                        standing.tierPrevious(), standing.tier(), direction, to.isEmpty() ? "any" : to);
            case GroupEntered(var groups) ->
                "the customer is in group " + standing.group() + ", the campaign is for " + groups;
            case StageEntered(var stages) ->
                "the customer's stage is " + standing.stage() + ", the campaign is for " + stages;
            case FellAsleep _ -> "the customer is not sleeping: the stage is " + standing.stage();
            case RepurchaseWindowOpened _ ->
                standing.windows().isEmpty()
                        ? "no repurchase window of the customer is open"
                        : "none of the customer's open repurchase windows is for a product of the campaign";
            case ChurnWarning _ -> "no warning stands that the customer is about to be lost";
            case ClassEntered(var name, var keys) ->
                "the customer's class of %s is %s, the campaign is for %s"
                        .formatted(
                                name,
                                standing.classOf(name) == null
                                        ? "not known"
                                        : standing.classOf(name).key(),
                                keys);
            case Broadcast _ -> "the broadcast has not reached the customer";
            case OrderTrigger _ -> "no order of the customer has come that far since the campaign was activated";
            case CartTrigger _ -> "the customer has left no cart behind since the campaign was activated";
            case InteractionTrigger _ -> "the customer has done nothing of the kind since the campaign was activated";
            case EventTrigger(var name, var _) ->
                "no such event " + name + " was told since the campaign was activated";
            case DayTrigger _ -> "the day has not come since the campaign was activated";
        };
    }

    private static List<Cause> stage(Standing standing, Set<String> stages) {
        return standing.stage() != null && stages.contains(standing.stage())
                ? List.of(Cause.of("stage:" + standing.stage() + ":" + standing.stageSeq()))
                : List.of();
    }

    private static Cause repurchase(RepurchaseWindow window) {
        Map<String, String> context = new LinkedHashMap<>();
        context.put("product.code", window.productCode());
        context.put("product.name", window.productName() == null ? window.productCode() : window.productName());
        if (window.runsOutAt() != null) {
            context.put("runsOutAt", window.runsOutAt().toString());
        }
        if (window.closesAt() != null) {
            context.put("closesAt", window.closesAt().toString());
        }
        return new Cause("repurchase:" + window.productCode() + ":" + window.causeOrderId(), context);
    }
}
