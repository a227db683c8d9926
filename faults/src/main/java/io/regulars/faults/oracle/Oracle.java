package io.regulars.faults.oracle;

import java.util.List;

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

    private Oracle() {}

    public static List<Violation> judge(Rig rig, List<Shop> shops) {
        try (var databases = rig.databases()) {
            return judge(Evidence.gather(rig, databases, shops));
        }
    }

    static List<Violation> judge(Evidence evidence) {
        return INVARIANTS.stream()
                .flatMap(invariant -> invariant.check(evidence).stream())
                .toList();
    }
}
