package io.regulars.campaign.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class AnnouncementsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_050);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Announcements announcements;

    @BeforeEach
    void makeAnEndpoint() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into webhook (merchant_id, url, secret, events, created_at, created_by)
                values (?, 'http://127.0.0.1:9/', 'whsec_AAAA', '{coupon.issued}', now() - interval '1 hour', 'test')
                """, merchant));
    }

    @Test
    void tellOnceOfWhatIsReadTwice() {
        Instant now = clock.instant();

        tell(now);
        tell(now);

        assertThat(queued()).isEqualTo(1);
    }

    @Test
    void tellNoEndpointOfWhatWasBeforeIt() {
        tell(clock.instant().minusSeconds(7_200));

        assertThat(queued()).isZero();
    }

    private void tell(Instant at) {
        var news = News.of(EventType.COUPON_ISSUED, merchant, 1L, "c_1", at);
        QuarkusTransaction.requiringNew().run(() -> announcements.tell(List.of(news)));
    }

    private int queued() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from outgoing_webhook where merchant_id = :m")
                        .bind("m", merchant)
                        .mapTo(Integer.class)
                        .one());
    }
}
