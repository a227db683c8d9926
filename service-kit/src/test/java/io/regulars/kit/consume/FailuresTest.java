package io.regulars.kit.consume;

import java.sql.SQLException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({"08006,true", "40001,true", "57P01,true", "53300,true", "42703,true", "22001,false", "23514,false"})
    void blamesTheRecordOnlyForWhatItHolds(String state, boolean passes) {
        var failure = new IllegalStateException("statement", new SQLException("refused", state));

        assertThat(Failures.mayPass(failure)).isEqualTo(passes);
    }

    @ParameterizedTest
    @ValueSource(strings = "no such zone")
    void blamesTheRecordForWhatOurCodeCannotTake(String message) {
        assertThat(Failures.mayPass(new IllegalArgumentException(message))).isFalse();
    }
}
