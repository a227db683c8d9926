package io.regulars.bench.audience;

import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionTest {

    private static final Instant EVENING_IN_UTC = Instant.parse("2026-03-31T20:00:00Z");

    @Test
    void aDayIsTheShops() {
        var question = new Question("quiet", false, "{}", "a.last_order_day < {today} - 60");

        assertThat(question.where(EVENING_IN_UTC)).isEqualTo("(a.last_order_day < date '2026-04-01' - 60)");
    }

    @Test
    void anInstantIsInUtc() {
        var question = new Question("lately", true, "{}", "p.ordered_at >= {ago-90}");

        assertThat(question.where(EVENING_IN_UTC)).isEqualTo("(p.ordered_at >= timestamp '2025-12-31T20:00:00')");
    }

    @Test
    void allAreJsonAndLeaveNoPlaceholder() throws Exception {
        for (var question : Question.ALL) {
            assertThat(new ObjectMapper()
                            .readTree(question.body())
                            .path("condition")
                            .isObject())
                    .isTrue();
            assertThat(question.where(EVENING_IN_UTC)).doesNotContain("{");
        }
    }
}
