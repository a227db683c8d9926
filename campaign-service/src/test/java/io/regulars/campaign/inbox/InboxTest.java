package io.regulars.campaign.inbox;

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
class InboxTest {

    private static final int MERCHANT = 980_001;

    @Inject
    Inbox inbox;

    @Test
    void aLetterLiesThereOnce() {
        var letter = new Inbox.Letter(MERCHANT, 1, 77, 1, "s", "t", null);
        QuarkusTransaction.begin();
        try {
            inbox.deliver(List.of(letter));
            inbox.deliver(List.of(letter));

            assertThat(inbox.list(MERCHANT, 1, false, 0, 10)).hasSize(1);
        } finally {
            QuarkusTransaction.rollback();
        }
    }
}
