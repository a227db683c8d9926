package io.regulars.scoring.score;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ErasuresTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_140);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Erasures erasures;

    @Test
    void areToldOnceHoweverOftenTheyCome() {
        jdbi.useHandle(handle ->
                handle.execute("insert into score_change (merchant_id, customer_id) values (?, 1)", merchant));
        erase();
        var told = text("select changed_xid::text from score_change where merchant_id = :m");

        erase();

        assertThat(text("select changed_xid::text from score_change where merchant_id = :m"))
                .isEqualTo(told);
    }

    /// Whoever read up to the earlier one would otherwise take what they read for all there is.
    @Test
    void keepTheLatestOfTheMarksThatAreDropped() {
        jdbi.useHandle(
                handle -> handle.execute("insert into score_change_dropped values (?, '9000000000'::xid8)", merchant));
        jdbi.useHandle(handle -> handle.execute("""
                insert into score_change (merchant_id, customer_id, changed_xid, erased_at)
                values (?, 1, '5'::xid8, '2020-01-01')""", merchant));

        erasures.dropMarks();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> text("select count(*) from score_change where merchant_id = :m")
                        .equals("0"));

        assertThat(text("select changed_xid::text from score_change_dropped where merchant_id = :m"))
                .isEqualTo("9000000000");
    }

    private void erase() {
        QuarkusTransaction.requiringNew().run(() -> erasures.forget(merchant, List.of(1L)));
    }

    private String text(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(String.class).one());
    }
}
