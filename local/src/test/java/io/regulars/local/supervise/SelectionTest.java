package io.regulars.local.supervise;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SelectionTest {

    @Test
    void hasTheServicesAndSettingsOfBothInTheOrderOfTheirStart() {
        var one = Selection.of("campaign").withJvm("-Xmx96m").withEnvironment(Map.of("A", "1"));
        var other = Selection.of("campaign", "customer").withEnvironment(Map.of("B", "2"));

        assertThat(one.and(other))
                .isEqualTo(Selection.of("customer", "campaign")
                        .withJvm("-Xmx96m")
                        .withEnvironment(Map.of("A", "1", "B", "2")));
    }
}
