package io.regulars.campaign.audience;

import java.time.LocalDate;

import io.regulars.events.Channel;

/// A customer as a message needs them.
///
/// @param profiled whether the profile has come; a score can come first
/// @param smsConsent null where the customer never answered
/// @param language BCP 47, or null
public record Customer(
        int merchantId,
        long id,
        boolean profiled,
        String externalId,
        String name,
        String timeZone,
        String phone,
        String email,
        Boolean smsConsent,
        Boolean emailConsent,
        Boolean inboxConsent,
        String unsubscribeToken,
        boolean erased,
        LocalDate lastOrderDay,
        Standing standing,
        String language) {

    /// The same customer in another language.
    public Customer speaking(String other) {
        return copy(name, phone, email, unsubscribeToken, other);
    }

    /// As those see them who need not see personal data: without a name and addresses.
    public Customer masked() {
        return named(name == null ? null : Names.masked(name), null, null, null);
    }

    /// The same customer under another name and other addresses.
    public Customer named(String other, String otherPhone, String otherEmail, String otherToken) {
        return copy(other, otherPhone, otherEmail, otherToken, language);
    }

    private Customer copy(
            String otherName, String otherPhone, String otherEmail, String otherToken, String otherLanguage) {
        return new Customer(
                merchantId,
                id,
                profiled,
                externalId,
                otherName,
                timeZone,
                otherPhone,
                otherEmail,
                smsConsent,
                emailConsent,
                inboxConsent,
                otherToken,
                erased,
                lastOrderDay,
                standing,
                otherLanguage);
    }

    public CustomerKey key() {
        return new CustomerKey(merchantId, id);
    }

    /// What the customer said for the channel; null where they never answered.
    public Boolean consent(Channel channel) {
        return switch (channel) {
            case SMS -> smsConsent;
            case EMAIL -> emailConsent;
            case INBOX -> inboxConsent;
        };
    }

    /// Where the channel reaches them, or null. The inbox is the merchant's own shop: whoever is known has one.
    public String address(Channel channel) {
        return switch (channel) {
            case SMS -> phone;
            case EMAIL -> email;
            case INBOX -> externalId == null ? String.valueOf(id) : externalId;
        };
    }
}
