package io.regulars.faults.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects the violations of one invariant.
final class Finding {

    /// One cause can show a thousand times; the first few name it.
    private static final int MOST_OF_A_KIND = 5;

    private final String invariant;
    private final List<Violation> violations = new ArrayList<>();

    Finding(String invariant) {
        this.invariant = invariant;
    }

    void violated(String what, Object evidence) {
        violations.add(new Violation(invariant, what, String.valueOf(evidence)));
    }

    void unless(boolean holds, String what, Object evidence) {
        if (!holds) {
            violated(what, evidence);
        }
    }

    /// What is here and what should be are the same set.
    void same(String what, Collection<String> wanted, Collection<String> found) {
        differ(what + ": missing", wanted, found);
        differ(what + ": not wanted", found, wanted);
    }

    private void differ(String what, Collection<String> these, Collection<String> those) {
        Set<String> only = new LinkedHashSet<>(these);
        only.removeAll(Set.copyOf(those));
        only.stream().limit(MOST_OF_A_KIND).forEach(one -> violated(what, one));
        if (only.size() > MOST_OF_A_KIND) {
            violated(what, "and " + (only.size() - MOST_OF_A_KIND) + " more");
        }
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }
}
