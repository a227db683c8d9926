package io.regulars.campaign.message;

import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class RecoveryTest {

    private static final int MERCHANT = 970_001;

    @Inject
    Jdbi jdbi;

    @Inject
    Recovery recovery;

    @AfterEach
    void clear() {
        jdbi.useHandle(handle -> {
            handle.execute("delete from message where merchant_id = ?", MERCHANT);
            handle.execute("delete from audience where merchant_id = ?", MERCHANT);
            handle.execute("delete from handed_over where merchant_id = ?", MERCHANT);
            handle.execute("delete from claim where merchants = array[?]", MERCHANT);
        });
    }

    /// The claim is old, the message was marked later.
    @Test
    void leavesWhatIsInLiveHands() {
        var message = MessageRow.insert(jdbi, MERCHANT, "active", "transmitting", "alive");
        lateClaim("alive", message);

        recovery.once();

        assertThat(message.now(jdbi, "state")).isEqualTo("transmitting");
        assertThat(claims()).isOne();
    }

    /// Who has it perhaps may answer it.
    @Test
    void remembersWhoMayHaveGotAnSms() {
        var message = MessageRow.insert(jdbi, MERCHANT, "active", "transmitting", "lost");
        jdbi.useHandle(handle -> {
            handle.execute(
                    "update message set channel = 'sms', lease_until = now() - interval '1 second' where merchant_id = ?",
                    MERCHANT);
            handle.execute(
                    "insert into audience (merchant_id, customer_id, profile_version, phone) values (?, 1, 1, '+8613800138000')",
                    MERCHANT);
        });
        lateClaim("lost", message);

        Awaitility.await().untilAsserted(() -> {
            recovery.once();
            List<Long> remembered = jdbi.withHandle(handle -> handle.createQuery(
                            "select message_id from handed_over where merchant_id = :m and provider = ''")
                    .bind("m", MERCHANT)
                    .mapTo(Long.class)
                    .list());
            assertThat(remembered).containsExactly(message.key().id());
        });
    }

    @Test
    void findsWhatItsWorkerLeft() {
        var message = MessageRow.insert(jdbi, MERCHANT, "active", "transmitting", "lost");
        jdbi.useHandle(handle -> handle.execute(
                "update message set lease_until = now() - interval '1 second' where merchant_id = ?", MERCHANT));
        lateClaim("lost", message);

        // the service's own worker may be faster
        Awaitility.await().untilAsserted(() -> {
            recovery.once();
            assertThat(message.now(jdbi, "state")).isEqualTo("uncertain");
            assertThat(claims()).isZero();
        });
    }

    private void lateClaim(String claim, MessageRow message) {
        jdbi.useHandle(handle -> handle.execute(
                "insert into claim values (?, now() - interval '1 minute', array[?], array[?], array[?])",
                claim,
                MERCHANT,
                message.key().customerId(),
                message.key().id()));
    }

    private long claims() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from claim where merchants = array[:m]")
                .bind("m", MERCHANT)
                .mapTo(Long.class)
                .one());
    }
}
