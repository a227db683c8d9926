package io.regulars.bench.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// A customer as campaigns know them.
///
/// @param monetary minor units
/// @param smsConsent null where they never answered
public record Member(
        long number,
        String gender,
        LocalDate birthday,
        String region,
        String city,
        List<String> tags,
        Instant since,
        Boolean smsConsent,
        Boolean emailConsent,
        long frequency,
        long monetary,
        LocalDate lastOrderDay,
        String tier,
        String group,
        String stage,
        List<Bought> bought) {

    public static final List<String> TIERS = List.of("new", "ordinary", "senior", "vip", "super-vip");

    public Member {
        tags = List.copyOf(tags);
        bought = List.copyOf(bought);
    }

    /// The same person, who says yes to all.
    public Member consenting() {
        return new Member(
                number,
                gender,
                birthday,
                region,
                city,
                tags,
                since,
                true,
                true,
                frequency,
                monetary,
                lastOrderDay,
                tier,
                group,
                stage,
                bought);
    }

    public record Bought(Product product, Instant at) {}
}
