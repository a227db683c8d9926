package io.regulars.customer.profile;

import java.time.Instant;

import io.regulars.customer.consent.Consents;
import io.regulars.events.Channel;

/// A row of `consent_log`.
record ConsentEntry(long customerId, Channel channel, boolean granted, Instant at, String source, Instant recordedAt) {

    static ConsentEntry of(long customerId, Consents.Answer answer, Instant now) {
        var consent = answer.consent();
        return new ConsentEntry(customerId, answer.channel(), consent.granted(), consent.at(), consent.source(), now);
    }
}
