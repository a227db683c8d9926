package io.regulars.campaign.message;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.template.TemplateException;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A sender of its own, with one message; the service writes its results.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class SenderTest {

    private static final int MERCHANT = 980_001;
    private static final Sender.Bounds ONE_AT_A_TIME = new Sender.Bounds(1, 1, Duration.ofMinutes(1));

    private final AtomicInteger onTheWire = new AtomicInteger();

    private MessageRow message;

    @Inject
    Jdbi jdbi;

    @Inject
    Transitions transitions;

    @Inject
    Results results;

    @Inject
    Retries retries;

    @AfterEach
    void clear() {
        jdbi.useHandle(handle -> handle.execute("delete from message where merchant_id = ?", MERCHANT));
    }

    @Test
    void whatIsMarkedGoes() {
        var sender = sender(content -> {
            onTheWire.incrementAndGet();
            return new Outcome.Sent(null);
        });

        sender.claim();
        sender.transmit();
        awaitResult();

        assertThat(onTheWire).hasValue(1);
        assertThat(message.now(jdbi, "state")).isEqualTo("sent");
    }

    @Test
    void whatIsPausedAfterItsClaimGoesOnNoWire() {
        var sender = sender(content -> {
            onTheWire.incrementAndGet();
            return new Outcome.Sent(null);
        });

        sender.claim();
        jdbi.useHandle(
                handle -> handle.execute("update campaign set state = 'paused' where merchant_id = ?", MERCHANT));
        sender.transmit();
        awaitResult();

        assertThat(onTheWire).hasValue(0);
        assertThat(message.now(jdbi, "state")).isNotIn("sent", "transmitting");
    }

    @Test
    void aWireThatBreaksLeavesAnUncertainMessageAndAFreeConnection() {
        var sender = sender(content -> {
            onTheWire.incrementAndGet();
            throw new NoClassDefFoundError("of a mail library");
        });

        for (var round = 0; round < 2; round++) {
            sender.claim();
            sender.transmit();
            awaitResult();
        }

        assertThat(onTheWire).hasValue(2);
        assertThat(message.now(jdbi, "state")).isEqualTo("uncertain");
    }

    private void awaitResult() {
        await().until(() -> !List.of("claimed", "transmitting").contains(message.now(jdbi, "state")));
    }

    private Sender sender(Function<Content, Outcome> wire) {
        var hands = new Sender.Hands(claimsOne(), transitions, fillsIt(), results, retries);
        return new Sender(Channel.EMAIL, ONE_AT_A_TIME, wire, hands, () -> {});
    }

    /// Made in the worker's hands, so that the service's own does not take it first.
    private DueMessages claimsOne() {
        return new DueMessages(null, null, null, null, null, null, null, null) {
            @Override
            Batch claim(Channel channel, int limit, String claim) {
                message = MessageRow.insert(jdbi, MERCHANT, "active", "claimed", claim);
                return new Batch(1, List.of(message.claimed()), null);
            }
        };
    }

    private static Contents fillsIt() {
        return new Contents(null, "http://localhost", Optional.empty(), null, null, null) {
            @Override
            Filled fill(DueMessages.Batch batch) {
                try {
                    return new Filled(
                            Map.of(batch.claimed().getFirst(), ContentTest.content(0, "broadcast")), Map.of());
                } catch (TemplateException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
