package io.regulars.local.command;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArgumentsTest {

    @Test
    void tellsWordsFlagsAndValuesApart() {
        var arguments = parse("a file.csv", "--fast", "--preset", "orders", "--port=9000");

        assertThat(arguments.words()).containsExactly("a file.csv");
        assertThat(arguments.has("--fast")).isTrue();
        assertThat(arguments.values()).containsEntry("--preset", "orders").containsEntry("--port", "9000");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> parse("--slow"))
                .isInstanceOf(UsageException.class)
                .hasMessage("unknown option --slow");
        assertThatThrownBy(() -> parse("--port")).hasMessage("--port needs a value");
        assertThatThrownBy(() -> parse("one", "two")).hasMessage("one word too many: two");
    }

    @Test
    void shiftsTheClockFromWhereItIsOrToAnOffset() {
        var present = Duration.ofDays(2);

        assertThat(ClockCommand.offset("+P30D", present)).isEqualTo(Duration.ofDays(32));
        assertThat(ClockCommand.offset("P30D", present)).isEqualTo(Duration.ofDays(30));
        assertThat(ClockCommand.offset("reset", present)).isZero();
        assertThatThrownBy(() -> ClockCommand.offset("30 days", present)).hasMessageContaining("+P30D");
    }

    private static Arguments parse(String... words) {
        return Arguments.parse(List.of(words), Set.of("--fast"), Set.of("--preset", "--port"), 1);
    }
}
