package io.regulars.campaign.campaign;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.CampaignRow;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// A campaign that may enrol two within an hour.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class SizeBreakerTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_480_100);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Plans plans;

    @Inject
    SizeBreaker breaker;

    @Test
    void countsTogetherWhatManyTransactionsEnrol() {
        Plan plan = campaign("active");

        enrolled(plan, 2);
        enrolled(plan, 2);

        assertThat(state(plan)).isEqualTo("paused");
    }

    @Test
    void leavesACampaignAsItIsThatIsFinishedMeanwhile() {
        Plan plan = campaign("finished");

        enrolled(plan, 4);

        assertThat(state(plan)).isEqualTo("finished");
    }

    private void enrolled(Plan plan, long customers) {
        QuarkusTransaction.requiringNew().run(() -> breaker.enrolled(Map.of(plan, customers)));
    }

    private String state(Plan plan) {
        return plans.current(merchant, plan.campaignId()).orElseThrow().state();
    }

    private Plan campaign(String state) {
        long id = CampaignRow.of(merchant, """
                        {"name": "n", "trigger": {"type": "tier-changed"}, "expectedAudience": 1,
                         "steps": [{"type": "send", "channel": "inbox", "template": {"text": "t"}}]}""")
                .state(state)
                .expecting(1)
                .guardrails("{\"breaker\": {\"factor\": 1, \"floor\": 2}}")
                .insert(jdbi);
        return plans.current(merchant, id).orElseThrow();
    }
}
