package io.regulars.customer.profile;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.regulars.customer.consent.Consents;

/// What is said of a customer, checked. What is null was not said; an empty text or list says that there is none.
public record Profile(
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
        List<Consents.Answer> consents) {

    /// What an order export tells of its customers.
    public static Profile ofImport(String externalId, String name, String region, String phone, String email) {
        return new Profile(
                externalId,
                name,
                null,
                null,
                region,
                null,
                null,
                null,
                phone,
                email,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }
}
