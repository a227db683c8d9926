package io.regulars.campaign.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.Rivals;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.kit.id.PublicId;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class CallsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_060);

    /// The service's own workers see none of what is due then.
    private static final Instant FUTURE = Instant.parse("2080-01-01T00:00:00Z");

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Outgoing outgoing;

    @Inject
    OutgoingRows rows;

    @Inject
    ByHand byHand;

    @Test
    void areQueuedOnceHoweverOftenTheirStepIsGone() {
        long webhook = webhook(false);
        var draft = new Outgoing.Draft(new CustomerKey(merchant, 1), webhook, "vip.reached", 1, 1, 0, "o", Map.of());

        for (int i = 0; i < 2; i++) {
            QuarkusTransaction.requiringNew().run(() -> outgoing.queue(List.of(draft), clock.instant()));
        }

        assertThat(text("select count(*) from outgoing_webhook where merchant_id = :m"))
                .isEqualTo("1");
    }

    @Test
    void areInOneReplicasHands() {
        call(webhook(false), null);

        var taken = QuarkusTransaction.requiringNew().call(() -> {
            jdbi.useHandle(handle ->
                    handle.execute("select from outgoing_webhook where merchant_id = ? for update", merchant));
            return new Rivals(jdbi).begin(2, () -> taken(100));
        });

        assertThat(taken.stream().mapToLong(CompletableFuture::join).sum()).isLessThanOrEqualTo(1);
    }

    @Test
    void ofWebhooksThatDoNotAnswerLeaveRoom() {
        for (int i = 0; i < 3; i++) {
            call(webhook(true), null);
        }

        assertThat(taken(1)).isLessThanOrEqualTo(1);
    }

    @Test
    void areNotEndedByAWorkerThatLostThem() {
        long webhook = webhook(false);
        long call = call(webhook, "theirs");
        var lost = new OutgoingRows.Due(
                merchant, call, webhook, "msg_1", "{}", 1, "mine", "http://127.0.0.1:9/", List.of());

        rows.delivered(lost, new Call.Answer(200, null, false), clock.instant());

        assertThat(text("select state from outgoing_webhook where merchant_id = :m"))
                .isEqualTo("waiting");
    }

    @Test
    void thatAreUnderWayAreNotMadeOnceMoreByHand() {
        String webhook = PublicId.format(Webhooks.ID, webhook(false));
        String call = PublicId.format(
                ByHand.ID, call(PublicId.parse(Webhooks.ID, webhook).orElseThrow(), "theirs"));

        assertThatThrownBy(() -> byHand.redeliver(merchant, webhook, call)).isInstanceOf(HttpProblem.class);

        assertThat(text("select due_at > '2079-01-01' from outgoing_webhook where merchant_id = :m"))
                .isEqualTo("t");
    }

    private long taken(int failing) {
        return rows.take(FUTURE, FUTURE.plusSeconds(60), 1_000, 10, failing, List.of()).stream()
                .filter(one -> one.merchantId() == merchant)
                .count();
    }

    private long webhook(boolean failing) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                insert into webhook (merchant_id, url, secret, created_at, created_by, failing_since)
                values (:m, 'http://127.0.0.1:9/', 'whsec_AAAA', now(), 'test', case when :failing then now() end)
                returning id""")
                .bind("m", merchant)
                .bind("failing", failing)
                .mapTo(Long.class)
                .one());
    }

    private long call(long webhook, String claim) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                insert into outgoing_webhook (merchant_id, webhook_id, message_id, event, body, due_at, created_at,
                  claim)
                values (:m, :w, 'msg_1', 'vip.reached', '{}', :due, now(), :claim)
                returning id""")
                .bind("m", merchant)
                .bind("w", webhook)
                .bind("due", FUTURE)
                .bind("claim", claim)
                .mapTo(Long.class)
                .one());
    }

    private String text(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(String.class).one());
    }
}
