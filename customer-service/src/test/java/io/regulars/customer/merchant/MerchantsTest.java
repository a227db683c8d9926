package io.regulars.customer.merchant;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class MerchantsTest {

    @Inject
    Jdbi jdbi;

    @Inject
    Merchants merchants;

    /// Readers of the topic take two changes of one version for the same.
    @Test
    void ofTwoChangesAtOnceEachHasItsVersion() {
        int merchant = Shop.inChina().merchant();

        var second = QuarkusTransaction.requiringNew().call(() -> {
            merchants.change(merchant, named("one"));
            var changing = CompletableFuture.supplyAsync(
                    () -> merchants.change(merchant, named("another")), Thread.ofPlatform()::start);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> changing.isDone() || somebodyWaits());
            return changing;
        });

        assertThat(second.join().version()).isEqualTo(3);
        assertThat(merchants.settings(merchant).name()).isEqualTo("another");
    }

    private static MerchantInput named(String name) {
        return new MerchantInput(name, "Asia/Shanghai", "CNY", "zh-CN", List.of());
    }

    private boolean somebodyWaits() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(
                        handle -> handle.createQuery("""
                                select exists (select from pg_stat_activity
                                  where datname = current_database() and wait_event_type = 'Lock')""").mapTo(Boolean.class).one()));
    }
}
