package io.regulars.local.home;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AloneTest {

    @TempDir
    Path folder;

    @Test
    void refusesASecondRunUntilTheFirstEnds() throws Exception {
        var first = Alone.in(folder);

        assertThatThrownBy(() -> Alone.in(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another run works in " + folder);

        first.close();
        Alone.in(folder).close();
    }
}
