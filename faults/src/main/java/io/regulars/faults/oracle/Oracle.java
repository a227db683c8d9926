package io.regulars.faults.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// Asks every invariant.
public final class Oracle {

    private static final List<Invariant> INVARIANTS = List.of(
            new OrdersOnce(),
            new FactsEqualOrders(),
            new ScorecardsFromScratch(),
            new StepsNumbered(),
            new MessagesOnce(),
            new ConsentKept(),
            new QuietHoursKept(),
            new CapsKept(),
            new CouponsOnce(),
            new MerchantsApart(),
            new CausesOnce());

    /// The first needs every order in the log, the other a neighbour.
    private static final List<Invariant> OF_ONE_LARGE_SHOP = INVARIANTS.stream()
            .filter(invariant -> !(invariant instanceof OrdersOnce) && !(invariant instanceof MerchantsApart))
            .toList();

    private Oracle() {}

    public static List<Violation> judge(Rig rig, List<Shop> shops) {
        try (var databases = rig.databases()) {
            return judge(Evidence.gather(rig, databases, shops));
        }
    }

    /// Judges a shop whose orders are too many to be logged, and that is alone.
    ///
    /// @param says told how long each invariant took
    public static List<Violation> judgeLarge(Rig rig, Shop shop, Consumer<String> says) {
        try (var databases = rig.databases()) {
            var evidence = Evidence.gather(rig, databases, List.of(shop));
            var violations = new ArrayList<Violation>();
            for (var invariant : OF_ONE_LARGE_SHOP) {
                var began = System.nanoTime();
                violations.addAll(invariant.check(evidence));
                says.accept("%s: %.1f s"
                        .formatted(invariant.getClass().getSimpleName(), (System.nanoTime() - began) / 1e9));
            }
            return violations;
        }
    }

    static List<Violation> judge(Evidence evidence) {
        return INVARIANTS.stream()
                .flatMap(invariant -> invariant.check(evidence).stream())
                .toList();
    }
}
