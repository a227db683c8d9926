package io.regulars.faults.mutation;

import java.util.List;

/// Settings change one at a time, and what follows from them is done for each shop by itself.
final class MerchantGuards {

    static final List<Guard> ALL = List.of(
            merchant(
                    "settings-in-turn",
                    "merchant/Merchants.java",
                    "FIND + \" for no key update\"",
                    "FIND + \"\"",
                    "two changes at once bear one version, and readers keep the first",
                    "MerchantsTest#ofTwoChangesAtOnceEachHasItsVersion"),
            merchant(
                    "netting-due-once",
                    "order/NettingAgain.java",
                    "on conflict do nothing",
                    "",
                    "a shop that changes its mind before its returns are netted gets an error",
                    "NettingAgainTest#isDueOnceHoweverOftenAShopChangesItsMind"),
            merchant(
                    "netting-of-each-shop-by-itself",
                    "order/NettingAgain.java",
                    "} catch (RuntimeException e) {",
                    "} catch (IllegalArgumentException e) {",
                    "a shop whose returns cannot be netted keeps all others from it",
                    "NettingAgainTest#thatFailsForOneShopHoldsUpNoOther"));

    private MerchantGuards() {}

    private static Guard merchant(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "customer-service", file, text, without, why, test);
    }
}
