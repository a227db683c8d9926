package io.regulars.campaign.coupon;

import java.nio.charset.StandardCharsets;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class PoolTest {

    private static final int MERCHANT = 1_480_301;

    @Inject
    Jdbi jdbi;

    @Inject
    Pool pool;

    @Test
    void knowsACodeThatIsBroughtAgainAfterItWasIssued() {
        long coupon = fill();

        var added = QuarkusTransaction.requiringNew()
                .call(() -> pool.add(
                        Coupon.of(MERCHANT, coupon).orElseThrow(), "ABC1\nABC2\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(added).isEqualTo(new Pool.Added(1, 1));
    }

    /// The first of two codes is a customer's.
    private long fill() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        with made as (
                          insert into coupon (merchant_id, name, kind, percent_off, codes, issued, created_at, updated_at)
                          values (:m, 'c', 'percent', 5, 'pool', 1, now(), now())
                          returning merchant_id, id
                        ), issued as (
                          insert into coupon_code (merchant_id, customer_id, coupon_id, code, issued_at)
                          select merchant_id, 1, id, 'ABC1', now() from made
                        )
                        select id from made""").bind("m", MERCHANT).mapTo(Long.class).one());
    }
}
