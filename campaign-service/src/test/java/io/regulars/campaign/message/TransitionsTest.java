package io.regulars.campaign.message;

import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What the table lets a worker do, in transactions that are undone.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class TransitionsTest {

    private static final int MERCHANT = 960_001;

    @Inject
    Jdbi jdbi;

    @Inject
    Transitions transitions;

    @Inject
    Results results;

    @BeforeEach
    void begin() {
        QuarkusTransaction.begin();
    }

    @AfterEach
    void undo() {
        QuarkusTransaction.rollback();
    }

    @Test
    void whatIsInItsHandsAWorkerSends() {
        var message = message("active", "transmitting");

        assertThat(transitions.apply(List.of(Transition.sent(message.key(), "mine", "p1"))))
                .containsExactly(message.key());
        assertThat(message.now(jdbi, "state")).isEqualTo("sent");
    }

    @Test
    void whatWasSentIsNotClaimedAgain() {
        var message = message("active", "sent");

        assertThat(transitions.apply(List.of(Transition.claimed(message.key(), "another"))))
                .isEmpty();
    }

    @Test
    void aWorkerThatLostItsMessageWritesNothing() {
        var message = message("active", "transmitting");

        assertThat(transitions.apply(List.of(Transition.sent(message.key(), "another", "p1"))))
                .isEmpty();
    }

    @Test
    void nothingOfAPausedCampaignGoesOnTheWire() {
        var message = message("paused", "claimed");

        assertThat(transitions.apply(List.of(Transition.transmitting(message.key(), "mine"))))
                .isEmpty();
    }

    @Test
    void nothingGoesOnTheWireWhileSendingIsStopped() {
        var message = message("active", "claimed");
        jdbi.useHandle(handle -> handle.execute("insert into sending_stop values (?, 'r', 'test', now())", MERCHANT));

        assertThat(transitions.apply(List.of(Transition.transmitting(message.key(), "mine"))))
                .isEmpty();
    }

    @Test
    void aNoticeDoesNotCountAgainstTheCaps() {
        var message = message("active", "claimed");
        transitions.apply(List.of(Transition.back(message.key(), "mine", Instant.EPOCH)));

        transitions.apply(List.of(Transition.claimed(message.key(), "mine", false, null)));

        assertThat(message.now(jdbi, "counted_at")).isNull();
    }

    @Test
    void isDatedWithTheInstantOfItsDecision() {
        var message = message("active", "claimed");
        transitions.apply(List.of(Transition.back(message.key(), "mine", Instant.EPOCH)));
        var decided = Instant.parse("2026-03-01T21:59:59Z");

        transitions.apply(List.of(Transition.claimed(message.key(), "mine")), decided);

        var seconds = String.valueOf(decided.getEpochSecond());
        assertThat(message.now(jdbi, "extract(epoch from counted_at)::bigint")).isEqualTo(seconds);
        assertThat(message.now(jdbi, "extract(epoch from updated_at)::bigint")).isEqualTo(seconds);
    }

    @Test
    void whatMayHaveGoneCountsOnAgainstTheCaps() {
        var message = message("active", "transmitting");

        transitions.apply(List.of(Transition.repeat(message.key(), "mine", Instant.EPOCH, "the answer was lost")));

        assertThat(message.now(jdbi, "counted_at")).isNotNull();
    }

    @Test
    void whatSurelyDidNotGoCountsNoMore() {
        var message = message("active", "transmitting");

        transitions.apply(List.of(Transition.again(message.key(), "mine", Instant.EPOCH, "refused")));

        assertThat(message.now(jdbi, "counted_at")).isNull();
    }

    @Test
    void tellsOnlyOfWhatItWrote() {
        var message = message("active", "transmitting");

        results.record(List.of(sentBy(message, "another")));
        assertThat(told()).isZero();

        results.record(List.of(sentBy(message, "mine")));
        assertThat(told()).isEqualTo(1);
    }

    private MessageRow message(String campaign, String state) {
        return MessageRow.insert(jdbi, MERCHANT, campaign, state, "mine");
    }

    private static Results.Result sentBy(MessageRow message, String claim) {
        return new Results.Result(message.claimed(), Transition.sent(message.key(), claim, null), null, () -> {});
    }

    private long told() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from outbox where event_key like :m || '/%'")
                        .bind("m", String.valueOf(MERCHANT))
                        .mapTo(Long.class)
                        .one());
    }
}
