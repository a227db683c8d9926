package io.regulars.bench.suite;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionsTest {

    @Test
    void takesNamesAndOptionsInAnyOrder() {
        var options = Options.parse(List.of("--quick", "ingest", "--customers", "1_000", "start", "--seed", "-3"));

        assertThat(options.names()).containsExactly("ingest", "start");
        assertThat(options.quick()).isTrue();
        assertThat(options.customers()).hasValue(1_000);
        assertThat(options.seed()).isEqualTo(-3);
        assertThat(options.json()).isFalse();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Options.parse(List.of("--fast"))).hasMessage("unknown option --fast");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds"))).hasMessage("--rounds needs a value");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0"))).hasMessage("--rounds must be 1 or more");
        assertThatThrownBy(() -> Options.parse(List.of("--seed", "x"))).hasMessage("--seed needs a number, not x");
    }
}
