package io.regulars.faults.rig;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;

/// One thing that a merchant's system did and what it was told.
///
/// @param kind `order`, `customer`, `consent`, `redeem` …
/// @param shop the merchant's name here
/// @param thing the merchant's own id of what it is about
/// @param key its Idempotency-Key, or null
/// @param sentAt by the services' clock, as `answeredAt`
/// @param status 0 where no answer came in all tries
/// @param answer null where none came
public record Operation(
        long number,
        String kind,
        String shop,
        String thing,
        String key,
        String method,
        String path,
        JsonNode body,
        Instant sentAt,
        Instant answeredAt,
        int tries,
        int status,
        JsonNode answer) {

    Operation withoutAnswer() {
        return new Operation(
                number, kind, shop, thing, key, method, path, body, sentAt, answeredAt, tries, status, null);
    }

    @JsonIgnore
    public boolean accepted() {
        return status / 100 == 2;
    }

    /// Whether the effect may be there or not: only the far side knows.
    @JsonIgnore
    public boolean open() {
        return status == 0 || status >= 500;
    }
}
