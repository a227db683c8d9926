package io.regulars.campaign.journey;

import java.util.Set;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.WaitingCustomers;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TableReads;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Time costs what is due, not what exists.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class DueEnrolmentsTest {

    /// Those with rows for each customer; small ones may be read from end to end.
    private static final Set<String> LARGE = Set.of("message", "enrolment", "audience");

    @Inject
    Jdbi jdbi;

    @Inject
    Journeys journeys;

    @Test
    void readTheSameFewRowsHoweverManyAreNotDue() throws Exception {
        var customers = new WaitingCustomers(jdbi, 900_011);
        customers.fill(1, 2_000);
        var ofFew = customers.readForDueEnrolments(null, journeys::advance);
        customers.fill(2_001, 20_000);

        var ofMany = customers.readForDueEnrolments(null, journeys::advance);

        assertThat(ofMany.scanned()).as("%s", ofMany).doesNotContainAnyElementsOf(LARGE);
        assertThat(ofMany.rowsOf(LARGE))
                .as("%s%nbefore: %s", ofMany, ofFew)
                .isLessThanOrEqualTo(ofFew.rowsOf(LARGE) + TableReads.OF_THE_PLANNER);
    }

    /// The proof that the figures can show it.
    @Test
    void wouldBeFoundByReadingAllWithoutTheirIndex() throws Exception {
        var customers = new WaitingCustomers(jdbi, 900_012);
        customers.fill(1, 2_000);

        var read = customers.readForDueEnrolments("drop index enrolment_due", journeys::advance);

        // by whatever other index: no table is read from end to end where there is one
        assertThat(read.rowsOf(LARGE)).as("%s", read).isGreaterThan(2_000);
    }
}
