package io.regulars.campaign.audience;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// What the customer's last score says. A `seq` of 0 says that no score has come yet.
///
/// @param windows the repurchase windows that were open when the customer was scored
/// @param churnStep the number of the warning that stands, 0 while there is none
/// @param classes by their names; null while no score has told any
public record Standing(
        String tier,
        int tierRank,
        String tierPrevious,
        int tierPreviousRank,
        long tierSeq,
        String group,
        long groupSeq,
        String stage,
        long stageSeq,
        List<RepurchaseWindow> windows,
        long churnStep,
        Map<String, Entered> classes) {

    /// @param seq how often the customer's class of this name was told anew, 1 for the first
    public record Entered(String key, long seq) {}

    static final Standing UNSCORED = new Standing(null, -1, null, -1, 0, null, 0, null, 0, List.of(), 0, null);

    /// Of a customer with no warning, and without classes.
    public Standing(
            String tier,
            int tierRank,
            String tierPrevious,
            int tierPreviousRank,
            long tierSeq,
            String group,
            long groupSeq,
            String stage,
            long stageSeq,
            List<RepurchaseWindow> windows) {
        this(
                tier,
                tierRank,
                tierPrevious,
                tierPreviousRank,
                tierSeq,
                group,
                groupSeq,
                stage,
                stageSeq,
                windows,
                0,
                null);
    }

    /// The class of this name; null where it is not known.
    public Entered classOf(String name) {
        return classes == null ? null : classes.get(name);
    }

    /// The classes as a later score tells them.
    ///
    /// @param told by name; null where a score tells none, then all stays as it is
    Map<String, Entered> classesAfter(Map<String, String> told) {
        if (told == null) {
            return classes;
        }
        Map<String, Entered> after = new TreeMap<>();
        told.forEach((name, key) -> {
            Entered held = classOf(name);
            if (held != null) {
                after.put(name, held.key().equals(key) ? held : new Entered(key, held.seq() + 1));
            } else {
                after.put(name, new Entered(key, classes == null ? 1 : 2));
            }
        });
        return after;
    }
}
