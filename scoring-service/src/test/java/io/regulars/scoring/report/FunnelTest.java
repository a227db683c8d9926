package io.regulars.scoring.report;

import java.util.Map;

import io.regulars.scoring.report.Funnel.Move;
import io.regulars.scoring.report.Funnel.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FunnelTest {

    private final Funnel funnel = new Funnel();

    @Test
    void aStepIsReachedAfterAllBeforeIt() {
        does(1, "visited", "product_viewed", "product_added", Funnel.ORDER, "product_reviewed");
        does(2, "product_viewed", "visited", "product_added");
        does(3, "visited", "complained", "products_searched", Funnel.ORDER);
        does(4, "inquired");

        assertThat(funnel.customers()).isEqualTo(4);
        assertThat(funnel.reached(Step.visit)).isEqualTo(3);
        assertThat(funnel.reached(Step.view)).isEqualTo(2);
        assertThat(funnel.reached(Step.cart)).isEqualTo(1);
        assertThat(funnel.reached(Step.order)).isEqualTo(1);
        assertThat(funnel.reached(Step.review)).isEqualTo(1);
        assertThat(funnel.did(Step.view)).isEqualTo(3);
        assertThat(funnel.did(Step.order)).isEqualTo(2);
    }

    @Test
    void aCustomerReachesAStepOnce() {
        does(1, "visited", "visited", "product_viewed", "visited", "product_viewed");

        assertThat(funnel.reached(Step.visit)).isEqualTo(1);
        assertThat(funnel.reached(Step.view)).isEqualTo(1);
        assertThat(funnel.did(Step.visit)).isEqualTo(1);
    }

    @Test
    void transitionsGoToTheNextOtherThingOfTheSameCustomer() {
        does(1, "visited", "visited", "product_viewed", "visited", "product_viewed");
        does(2, "product_viewed", "visited");

        assertThat(funnel.moves()).isEqualTo(4);
        assertThat(funnel.mostFrequent(5))
                .containsExactly(
                        Map.entry(new Move("product_viewed", "visited"), 2L),
                        Map.entry(new Move("visited", "product_viewed"), 2L));
        assertThat(funnel.mostFrequent(1)).hasSize(1);
    }

    private void does(long customer, String... kinds) {
        for (var kind : kinds) {
            funnel.add(customer, kind);
        }
    }
}
