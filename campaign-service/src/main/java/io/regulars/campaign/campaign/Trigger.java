package io.regulars.campaign.campaign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.regulars.campaign.audience.Standing;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// For which cause a customer enters a campaign. `causes` says what a standing gives reason for; what is new in it
/// since the standing before is what happened, and a cause that is gone from it ends the journey that it began.
public sealed interface Trigger {

    /// @param occurrence names the cause, so that it enrols once
    /// @param context what the cause knows for the templates
    record Cause(String occurrence, Map<String, String> context) {

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

    record Broadcast() implements Trigger {}

    List<String> TYPES = List.of(
            "tier-changed", "group-entered", "stage-entered", "fell-asleep", "repurchase-window-opened", "broadcast");

    default String type() {
        return switch (this) {
            case TierChanged _ -> "tier-changed";
            case GroupEntered _ -> "group-entered";
            case StageEntered _ -> "stage-entered";
            case FellAsleep _ -> "fell-asleep";
            case RepurchaseWindowOpened _ -> "repurchase-window-opened";
            case Broadcast _ -> "broadcast";
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
            case Broadcast _ -> List.of(Cause.of("broadcast"));
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
            case Broadcast _ -> "the broadcast has not reached the customer";
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
