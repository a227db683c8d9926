package io.regulars.campaign.points;

import java.time.Instant;
import java.util.List;

/// Something that gives a customer points, or takes them.
///
/// @param reference what it is for, once within the merchant
/// @param points more than 0; the kind says whether they come or go
/// @param expiresAt of points that come, null for never
record Posting(
        int merchantId,
        long customerId,
        Kind kind,
        String reference,
        String reason,
        long points,
        Instant at,
        Instant expiresAt) {

    /// Why points move, and which account of the shop's they come from or go to.
    enum Kind {
        EARNED("earned", "issued", true),
        TAKEN_BACK("taken-back", "issued", false),
        GRANTED("granted", "issued", true),
        SPENT("spent", "redeemed", false),
        GIVEN_BACK("given-back", "redeemed", true),
        EXPIRED("expired", "expired", false);

        private final String key;
        private final String account;
        private final boolean comes;

        Kind(String key, String account, boolean comes) {
            this.key = key;
            this.account = account;
            this.comes = comes;
        }

        String key() {
            return key;
        }

        String account() {
            return account;
        }

        boolean comes() {
            return comes;
        }

        static List<String> keys() {
            return List.of("grant", "spend", "give-back");
        }
    }

    /// As the customer's account sees it.
    long change() {
        return kind.comes() ? points : -points;
    }
}
