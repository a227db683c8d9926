package io.regulars.campaign.occasion;

import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class JournalTest {

    private static final int MERCHANT = 1_480_601;
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @Inject
    Journal journal;

    /// An order that is paid once more, a complaint that is told once more.
    @Test
    void keepsWhatHappensAgainOnceWithItsFirstInstant() {
        QuarkusTransaction.requiringNew().run(() -> journal.add(List.of(complaint(AT))));
        QuarkusTransaction.requiringNew().run(() -> journal.add(List.of(complaint(AT.plusSeconds(60)))));

        assertThat(journal.between(MERCHANT, List.of("did:complained"), Instant.EPOCH, AT.plusSeconds(90), 10))
                .containsExactly(complaint(AT));
    }

    private static Journal.Entry complaint(Instant at) {
        return new Journal.Entry(MERCHANT, 1, "did:complained", "7", at, "{}");
    }
}
