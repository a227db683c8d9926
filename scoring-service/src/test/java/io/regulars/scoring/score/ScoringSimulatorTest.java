package io.regulars.scoring.score;

import io.regulars.embedded.Seeds;
import io.regulars.scoring.score.SimulatedScores.Mutation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Thousands of shops, each made from a seed: see [Seeds] for how to replay one.
class ScoringSimulatorTest {

    @Test
    void scoresTheSameHoweverItIsBroughtAbout() {
        Seeds.run(10_000, seed -> new ScoringSimulation(seed, Mutation.NONE).run());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesWhatIsBroken(Mutation mutation) {
        assertThat(Seeds.firstFailing(500, seed -> new ScoringSimulation(seed, mutation).run()))
                .isPositive();
    }
}
