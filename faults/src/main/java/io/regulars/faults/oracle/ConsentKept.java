package io.regulars.faults.oracle;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/// I6: no message is claimed after consent was withdrawn, from the next rest on: then the withdrawal is known
/// everywhere.
final class ConsentKept implements Invariant {

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I6");
        for (var shop : evidence.shops()) {
            var knownFrom = new HashMap<String, Instant>();
            evidence.operations("consent", shop).stream()
                    .filter(operation -> operation.accepted())
                    .forEach(operation -> evidence.rests().stream()
                            .filter(rest -> !rest.isBefore(operation.answeredAt()))
                            .min(Instant::compareTo)
                            .ifPresent(rest -> knownFrom.merge(
                                    operation.thing(), rest, (one, other) -> one.isBefore(other) ? one : other)));
            for (var claim : Claims.of(evidence, shop)) {
                var known = knownFrom.get(claim.customer() + "/" + claim.channel());
                finding.unless(
                        known == null || claim.at().isBefore(known),
                        "a message was claimed after consent was withdrawn",
                        shop.name() + " " + claim.message() + ", withdrawal known from " + known);
            }
        }
        return finding.violations();
    }
}
