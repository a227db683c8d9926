package io.regulars.local.demo.shop;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// A customer's profile, as a shop would hold it.
///
/// @param consents what the customer answered for each channel; absent where never asked
public record Customer(
        String externalId,
        String name,
        String gender,
        LocalDate birthday,
        String region,
        String city,
        String phone,
        String email,
        Map<String, String> identities,
        List<String> tags,
        Map<String, String> attributes,
        String needType,
        List<String> interests,
        Map<String, Boolean> consents) {}
