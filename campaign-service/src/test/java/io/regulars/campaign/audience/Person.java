package io.regulars.campaign.audience;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that conditions can ask of a customer, in memory.
///
/// @param texts by the field's name: those that are a text, null where not known
/// @param inbox null where they never answered, as the other consents
/// @param points null where they never had any
record Person(
        long id,
        Map<Field, String> texts,
        Long tierRank,
        long churnStep,
        long frequency,
        long monetary,
        LocalDate lastOrderDay,
        Instant since,
        LocalDate birthday,
        Set<String> tags,
        Set<String> campaignTags,
        Set<String> interests,
        Set<String> windows,
        Map<String, String> attributes,
        Boolean email,
        Boolean sms,
        Boolean inbox,
        List<Order> orders,
        List<Act> acts,
        List<Contact> contacts,
        List<Coupon> coupons,
        Long points,
        List<Lot> lots) {

    record Line(String product, String category, long units, long amount) {}

    /// @param kept minor units; null where it is no purchase
    record Order(long id, Instant at, Long kept, List<Line> lines) {}

    record Act(long id, String kind, Instant at) {}

    record Contact(long message, int kind, String channel, long campaign, Instant at) {}

    /// @param redeemedAt null while it is not
    record Coupon(long coupon, Instant validUntil, Instant redeemedAt) {}

    record Lot(long points, Instant expiresAt) {}
}
