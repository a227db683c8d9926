package io.regulars.faults;

import java.time.Duration;
import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// What a round came to.
///
/// @param fault its name; of `kills` what died, and where
/// @param uncertain messages of which nobody can know whether they arrived
public record Outcome(
        String fault,
        long seed,
        List<Shop> shops,
        int kills,
        long orders,
        long messages,
        long uncertain,
        Duration took,
        List<Violation> violations) {

    /// Without what the same shops did before.
    Outcome since(Outcome earlier) {
        return new Outcome(
                fault,
                seed,
                shops,
                kills,
                orders - earlier.orders(),
                messages - earlier.messages(),
                uncertain - earlier.uncertain(),
                took,
                violations);
    }

    static Outcome of(
            Rig rig, String fault, long seed, List<Shop> shops, int kills, long began, List<Violation> violations) {
        var orders = 0L;
        var messages = 0L;
        var uncertain = 0L;
        try (var databases = rig.databases()) {
            for (var shop : shops) {
                var merchant = shop.merchantId();
                orders += databases
                        .customer()
                        .number("select count(*) from customer_order where merchant_id = ?", merchant);
                messages += databases.campaign().number("select count(*) from message where merchant_id = ?", merchant);
                uncertain += databases
                        .campaign()
                        .number("select count(*) from message where merchant_id = ? and state = 'uncertain'", merchant);
            }
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        return new Outcome(
                fault, seed, List.copyOf(shops), kills, orders, messages, uncertain, took, List.copyOf(violations));
    }
}
