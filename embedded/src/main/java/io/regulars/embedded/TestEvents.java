package io.regulars.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;

/// Events that say the least they can.
public final class TestEvents {

    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

    private TestEvents() {}

    /// A customer of whom little is known.
    public static CustomerChanged customer(
            int merchant,
            long id,
            long version,
            String externalId,
            String name,
            Map<Channel, CustomerChanged.Consent> consents) {
        return customer(merchant, id, version, externalId, name, consents, false);
    }

    /// One who is gone: what is known of them is their id.
    public static CustomerChanged erased(int merchant, long id, long version) {
        return customer(merchant, id, version, null, null, Map.of(), true);
    }

    private static CustomerChanged customer(
            int merchant,
            long id,
            long version,
            String externalId,
            String name,
            Map<Channel, CustomerChanged.Consent> consents,
            boolean erased) {
        return new CustomerChanged(
                merchant,
                id,
                version,
                externalId,
                LONG_AGO,
                name,
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
                consents,
                "token" + id,
                erased);
    }
}
