package io.regulars.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// A customer as the record knows them, with what they allow.
///
/// @param externalId the merchant's own id
/// @param gender `female`, `male`, `other` or null
/// @param language BCP 47 or null
/// @param timeZone IANA zone or null, then the merchant's
/// @param phone E.164 or null
/// @param identities platform (`taobao`, `wechat`, `shopify` …) to the customer's id there
/// @param consents what the customer said for each channel; a channel that is absent was never answered
/// @param unsubscribeToken an unguessable token; `{public URL}/api/customer/unsubscribe/{token}?channel=EMAIL` is the
///     one-click page and POST target
public record CustomerChanged(
        int merchantId,
        long customerId,
        long version,
        String externalId,
        Instant createdAt,
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
        boolean erased)
        implements Event {

    /// @param at when the customer said so
    /// @param source where: `api`, `import`, `unsubscribe-link` …
    public record Consent(boolean granted, Instant at, String source) {}

    public CustomerChanged {
        identities = Lists.copy(identities);
        tags = Lists.copy(tags);
        attributes = Lists.copy(attributes);
        interests = Lists.copy(interests);
        consents = Lists.copy(consents);
    }

    @Override
    public String thing() {
        return "c" + customerId;
    }
}
