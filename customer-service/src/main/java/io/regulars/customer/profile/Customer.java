package io.regulars.customer.profile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import io.regulars.events.CustomerChanged.Consent;

/// A customer as it stands: a row of `customer`.
public record Customer(
        int merchantId,
        long customerId,
        long version,
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
        Map<Channel, Consent> consents,
        String unsubscribeToken,
        Instant createdAt,
        Instant changedAt) {

    static Customer fresh(int merchant, long id, String externalId, String unsubscribeToken, Instant now) {
        return new Customer(
                merchant,
                id,
                1,
                externalId,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                Map.of(),
                null,
                List.of(),
                Map.of(),
                unsubscribeToken,
                now,
                now);
    }

    /// What is said replaces what stands; what is not said stays.
    Customer with(Profile said, Map<Channel, Consent> standing) {
        return new Customer(
                merchantId,
                customerId,
                version,
                externalId,
                text(said.name(), name),
                text(said.gender(), gender),
                said.birthday() == null ? birthday : said.birthday(),
                text(said.region(), region),
                text(said.city(), city),
                text(said.language(), language),
                text(said.timeZone(), timeZone),
                text(said.phone(), phone),
                text(said.email(), email),
                said.identities() == null ? identities : said.identities(),
                said.tags() == null ? tags : said.tags(),
                said.attributes() == null ? attributes : said.attributes(),
                text(said.needType(), needType),
                said.interests() == null ? interests : said.interests(),
                standing,
                unsubscribeToken,
                createdAt,
                changedAt);
    }

    /// The order export fills what the profile does not know; it corrects nothing.
    Customer filledWith(Profile said) {
        return with(
                Profile.ofImport(
                        externalId,
                        name == null ? said.name() : null,
                        region == null ? said.region() : null,
                        phone == null ? said.phone() : null,
                        email == null ? said.email() : null),
                consents);
    }

    Customer withConsents(Map<Channel, Consent> standing) {
        return new Customer(
                merchantId,
                customerId,
                version,
                externalId,
                name,
                gender,
                birthday,
                region,
                city,
                language,
                timeZone,
                phone,
                email,
                identities,
                tags,
                attributes,
                needType,
                interests,
                standing,
                unsubscribeToken,
                createdAt,
                changedAt);
    }

    Customer changed(long newVersion, Instant now) {
        return new Customer(
                merchantId,
                customerId,
                newVersion,
                externalId,
                name,
                gender,
                birthday,
                region,
                city,
                language,
                timeZone,
                phone,
                email,
                identities,
                tags,
                attributes,
                needType,
                interests,
                consents,
                unsubscribeToken,
                createdAt,
                now);
    }

    CustomerChanged event() {
        return new CustomerChanged(
                merchantId,
                customerId,
                version,
                externalId,
                createdAt,
                name,
                gender,
                birthday,
                region,
                city,
                language,
                timeZone,
                phone,
                email,
                identities,
                tags,
                attributes,
                needType,
                interests,
                consents,
                unsubscribeToken,
                false);
    }

    private static String text(String said, String standing) {
        if (said == null) {
            return standing;
        }
        return said.isEmpty() ? null : said;
    }
}
