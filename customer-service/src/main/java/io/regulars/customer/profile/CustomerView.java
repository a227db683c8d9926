package io.regulars.customer.profile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.regulars.customer.consent.ChannelName;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged.Consent;
import io.regulars.kit.id.PublicId;

/// A customer as it is read.
///
/// @param consents what stands for each channel that was answered
record CustomerView(
        String id,
        String externalId,
        String name,
        String gender,
        LocalDate birthday,
        String region,
        String city,
        String language,
        String timeZone,
        String phone,
        String email,
        Map<String, String> identities,
        List<String> tags,
        Map<String, String> attributes,
        String needType,
        List<String> interests,
        Map<String, ConsentView> consents,
        long version,
        Instant createdAt,
        Instant changedAt) {

    record ConsentView(boolean granted, Instant at, String source) {}

    /// @param masked without what identifies the person beyond the merchant's own id
    static CustomerView of(Customer customer, boolean masked) {
        return new CustomerView(
                PublicId.format("cus", customer.customerId()),
                customer.externalId(),
                masked ? Masks.name(customer.name()) : customer.name(),
                customer.gender(),
                masked ? null : customer.birthday(),
                customer.region(),
                customer.city(),
                customer.language(),
                customer.timeZone(),
                masked ? Masks.phone(customer.phone()) : customer.phone(),
                masked ? Masks.email(customer.email()) : customer.email(),
                masked ? Masks.values(customer.identities()) : customer.identities(),
                customer.tags(),
                customer.attributes(),
                customer.needType(),
                customer.interests(),
                consents(customer.consents()),
                customer.version(),
                customer.createdAt(),
                customer.changedAt());
    }

    static Map<String, ConsentView> consents(Map<Channel, Consent> standing) {
        var views = new TreeMap<String, ConsentView>();
        standing.forEach((channel, consent) ->
                views.put(ChannelName.of(channel), new ConsentView(consent.granted(), consent.at(), consent.source())));
        return views;
    }
}
