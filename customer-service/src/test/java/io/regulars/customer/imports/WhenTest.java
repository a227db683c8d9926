package io.regulars.customer.imports;

import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WhenTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01 12:00:00, 2026-03-01T04:00:00Z",
        "2026-03-01 12:00, 2026-03-01T04:00:00Z",
        "2026-03-01, 2026-02-28T16:00:00Z",
        "2026/3/1, 2026-02-28T16:00:00Z",
        "2026/3/1 9:05, 2026-03-01T01:05:00Z",
        "20260301, 2026-02-28T16:00:00Z",
        "2026-03-01T12:00:00, 2026-03-01T04:00:00Z",
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.5Z, 2026-03-01T12:00:00.5Z",
        "2026-03-01T12:00:00.123456Z, 2026-03-01T12:00:00.123456Z",
        "2026-03-01T12:00:00+08:00, 2026-03-01T04:00:00Z",
        "2026-03-01 12:00:00 +08:00, 2026-03-01T04:00:00Z",
    })
    void whatExportsWriteIsRead(String text, String instant) {
        assertThat(When.parse(text, SHANGHAI)).contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-02-30", "2026-13-01 00:00:00", "03/01/2026", "12:00"})
    void whatIsNoDateIsNot(String text) {
        assertThat(When.parse(text, SHANGHAI)).isEmpty();
    }
}
