package io.regulars.campaign.inbox;

import java.time.Duration;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.regulars.kit.id.PublicId;
import io.smallrye.mutiny.Multi;

/// What arrives in a customer's inbox, as server-sent events.
final class LiveLetters {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private LiveLetters() {}

    /// @param after the last id that the listener knows; null for whatever comes from now on
    static Multi<OutboundSseEvent> of(Arrivals arrivals, int merchant, long customer, Long after, Sse sse) {
        Multi<OutboundSseEvent> letters = Multi.createFrom().emitter(emitter -> {
            var stream = arrivals.open(merchant, customer, after, entry -> emitter.emit(event(sse, entry)));
            emitter.onTermination(stream::close);
        });
        // a comment now and then keeps proxies from closing a quiet stream, and tells us when nobody listens
        Multi<OutboundSseEvent> heartbeat = Multi.createFrom()
                .ticks()
                .every(HEARTBEAT)
                .map(tick -> sse.newEventBuilder().comment("still here").build());
        return Multi.createBy().merging().streams(letters, heartbeat);
    }

    private static OutboundSseEvent event(Sse sse, Inbox.Entry entry) {
        return sse.newEventBuilder()
                .id(PublicId.format(InboxResource.ID, entry.id()))
                .name("message")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(InboxResource.LetterView.class, InboxResource.LetterView.of(entry))
                .build();
    }
}
