package io.regulars.campaign.points;

import java.math.BigDecimal;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class RuleBookTest {

    private static final int MERCHANT = 1_490_001;

    @Inject
    RuleBook book;

    @Test
    void isNotWrittenOverByWhoReadItBeforeItWasChanged() {
        book.save(MERCHANT, "one", rules("1"), null);
        book.save(MERCHANT, "one", rules("2"), 1);

        assertThatThrownBy(() -> book.save(MERCHANT, "another", rules("3"), 1)).isInstanceOf(HttpProblem.class);

        assertThat(book.of(MERCHANT).orElseThrow().rules().perUnit()).isEqualByComparingTo("2");
    }

    @Test
    void thereIsNothingToChangeYet() {
        assertThatThrownBy(() -> book.save(MERCHANT + 1, "somebody", rules("3"), 4))
                .isInstanceOf(HttpProblem.class);

        assertThat(book.of(MERCHANT + 1)).isEmpty();
    }

    private static PointRules rules(String perUnit) {
        return new PointRules(new BigDecimal(perUnit), Map.of(), null);
    }
}
