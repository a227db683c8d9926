package io.regulars.campaign.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What is remembered of text messages, in transactions that are undone.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class HandedOverTest {

    private static final int MERCHANT = 1_480_501;
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @Inject
    Jdbi jdbi;

    @Inject
    HandedOver handedOver;

    @BeforeEach
    void begin() {
        QuarkusTransaction.begin();
    }

    @AfterEach
    void undo() {
        QuarkusTransaction.rollback();
    }

    @Test
    void aNameThatAProviderGivesAgainIsThatOfTheFirst() {
        handedOver.add(List.of(sent(1)), AT);
        handedOver.add(List.of(sent(2)), AT);

        assertThat(remembered()).containsExactly(1L);
    }

    @Test
    void whoMayHaveGotAMessageTwiceIsRememberedOnce() {
        var message = MessageRow.insert(jdbi, MERCHANT, "active", "sent", "mine");
        jdbi.useHandle(handle -> {
            handle.execute("update message set channel = 'sms' where merchant_id = ?", MERCHANT);
            handle.execute(
                    "insert into audience (merchant_id, customer_id, profile_version, phone) values (?, 1, 1, '+8613800138000')",
                    MERCHANT);
        });

        handedOver.perhaps(List.of(message.key()), AT);
        handedOver.perhaps(List.of(message.key()), AT);

        assertThat(remembered()).containsExactly(message.key().id());
    }

    private static Results.Result sent(long id) {
        var key = new MessageKey(MERCHANT, 1, id);
        var claimed = new Claimed(key, 1, 1, "broadcast", 0, Channel.SMS, 0, Instant.EPOCH, false, null, Map.of());
        return new Results.Result(claimed, Transition.sent(key, "mine", "gateway:named-alike"), null, () -> {});
    }

    private List<Long> remembered() {
        return jdbi.withHandle(handle -> handle.createQuery("select message_id from handed_over where merchant_id = :m")
                .bind("m", MERCHANT)
                .mapTo(Long.class)
                .list());
    }
}
