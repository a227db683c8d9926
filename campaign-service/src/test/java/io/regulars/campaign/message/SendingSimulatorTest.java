package io.regulars.campaign.message;

import io.regulars.embedded.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Thousands of lives of campaigns, each made from a seed: see [Seeds] for how to replay one.
class SendingSimulatorTest {

    @Test
    void sendsOnceAndOnlyWhatIsAllowed() {
        Seeds.run(3_000, seed -> new SendingSimulation(seed, Mutation.NONE).run());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesWhatIsBroken(Mutation mutation) {
        assertThat(Seeds.firstFailing(1_000, seed -> new SendingSimulation(seed, mutation).run()))
                .isPositive();
    }
}
