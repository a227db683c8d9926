package io.regulars.campaign.message;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SmsPartsTest {

    @Test
    void countsPartsOfGsmAndOfUcs2() {
        assertThat(SmsParts.of("a".repeat(160))).isEqualTo(1);
        assertThat(SmsParts.of("a".repeat(161))).isEqualTo(2);
        assertThat(SmsParts.of("a".repeat(306))).isEqualTo(2);
        assertThat(SmsParts.of("a".repeat(307))).isEqualTo(3);
        assertThat(SmsParts.of("€".repeat(80))).isEqualTo(1);
        assertThat(SmsParts.of("€".repeat(81))).isEqualTo(2);
        assertThat(SmsParts.of("券".repeat(70))).isEqualTo(1);
        assertThat(SmsParts.of("券".repeat(71))).isEqualTo(2);
        assertThat(SmsParts.of("券".repeat(135))).isEqualTo(3);
    }
}
