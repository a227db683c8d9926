package io.regulars.campaign.preview;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.Rivals;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class MessagesForATryTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_020);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    TestSender sender;

    /// Kept from the service's own sender until two others want it too.
    @Test
    void goOutOnceHoweverManySendersWantThem() {
        stop();
        queue();

        var senders = QuarkusTransaction.requiringNew().call(() -> {
            jdbi.useHandle(
                    handle -> handle.execute("select from test_send where merchant_id = ? for update", merchant));
            QuarkusTransaction.requiringNew().run(this::letGo);
            return new Rivals(jdbi).begin(2, sender::once);
        });
        senders.forEach(CompletableFuture::join);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> text("select state from test_send where merchant_id = :m")
                        .equals("sent"));
        assertThat(text("select attempts from test_send where merchant_id = :m"))
                .isEqualTo("1");
    }

    @Test
    void waitWhileSendingIsStopped() {
        stop();
        queue();

        while (sender.once()) {
            // all that may go
        }

        assertThat(text("select state from test_send where merchant_id = :m for update"))
                .isEqualTo("queued");
    }

    private void stop() {
        jdbi.useHandle(handle -> handle.execute("insert into sending_stop values (?, 'r', 'test', now())", merchant));
    }

    private void letGo() {
        jdbi.useHandle(handle -> handle.execute("delete from sending_stop where merchant_id = ?", merchant));
    }

    private void queue() {
        jdbi.useHandle(handle -> {
            handle.execute("insert into shop values (?, 1, 'Shop', 'Asia/Shanghai', 'CNY', 'zh-CN')", merchant);
            handle.execute("""
                    insert into test_address (merchant_id, channel, address, verified_at, created_at, created_by)
                    values (?, 'email', ?, now(), now(), 'test')""", merchant, "me-" + merchant + "@shop.example");
            handle.execute("""
                    insert into test_send (merchant_id, kind, template_id, version, address_id, channel, subject, text,
                      state, due_at, created_at, created_by)
                    select merchant_id, 'test', 1, 1, id, 'email', 's', 't', 'queued', now() - interval '1 minute', now(),
                      'test' from test_address where merchant_id = ?""", merchant);
        });
    }

    private String text(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(String.class).one());
    }
}
