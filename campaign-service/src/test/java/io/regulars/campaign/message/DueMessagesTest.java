package io.regulars.campaign.message;

import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.WaitingCustomers;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TableReads;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Time costs what is due, not what exists.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class DueMessagesTest {

    /// Those with rows for each customer; small ones may be read from end to end.
    private static final Set<String> LARGE = Set.of("message", "enrolment", "audience");

    @Inject
    Jdbi jdbi;

    @Inject
    DueMessages due;

    @Test
    void readTheSameFewRowsHoweverManyAreNotDue() throws Exception {
        var customers = new WaitingCustomers(jdbi, 900_021);
        customers.fill(1, 2_000);
        var ofFew = customers.readForDueMessages(null, this::claim);
        customers.fill(2_001, 20_000);

        var ofMany = customers.readForDueMessages(null, this::claim);

        assertThat(ofMany.scanned()).as("%s", ofMany).doesNotContainAnyElementsOf(LARGE);
        assertThat(ofMany.rowsOf(LARGE))
                .as("%s%nbefore: %s", ofMany, ofFew)
                .isLessThanOrEqualTo(ofFew.rowsOf(LARGE) + TableReads.OF_THE_PLANNER);
    }

    @Test
    void readNoMoreThanTheyTakeHoweverManyAreDue() throws Exception {
        var customers = new WaitingCustomers(jdbi, 900_023);

        var read = customers.readOfDueMessages(20_000, this::claim);

        assertThat(read.scanned()).as("%s", read).doesNotContainAnyElementsOf(LARGE);
        assertThat(read.rowsOf(LARGE)).as("%s", read).isLessThan(1_000);
    }

    /// The proof that the figures can show it.
    @Test
    void wouldBeFoundByReadingAllWithoutTheirIndex() throws Exception {
        var customers = new WaitingCustomers(jdbi, 900_022);
        customers.fill(1, 2_000);

        var read = customers.readForDueMessages("drop index message_due", this::claim);

        // by whatever other index: no table is read from end to end where there is one
        assertThat(read.rowsOf(LARGE)).as("%s", read).isGreaterThan(2_000);
    }

    private int claim() {
        return due.claim(Channel.EMAIL, 32, UUID.randomUUID().toString())
                .claimed()
                .size();
    }
}
