package io.regulars.events;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Each published version of each event has a golden file that must parse for ever.
class GoldenFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

    static Stream<Event> golden() {
        return Stream.of(
                new MerchantChanged(7, 3, "暖阳母婴", "Asia/Shanghai", "CNY", "zh-CN", List.of("POST", "DOT")),
                new CustomerChanged(
                        7,
                        42,
                        5,
                        "u-42",
                        NOON,
                        "张小雨😀",
                        "female",
                        LocalDate.of(1992, 2, 29),
                        "浙江",
                        "杭州",
                        "zh-CN",
                        "Asia/Shanghai",
                        "+8613800138000",
                        "zhang@example.com",
                        Map.of("taobao", "小雨妈妈"),
                        List.of("vip"),
                        Map.of("baby", "2025-08"),
                        "emotional",
                        List.of("绘本"),
                        Map.of(Channel.SMS, new CustomerChanged.Consent(true, NOON, "api")),
                        "tok",
                        false),
                new ProductChanged(7, 1, "WIPES-80", "婴儿湿巾 80 抽", "湿巾", 1990L, 20.0, List.of("DIAPER-M")),
                new OrderChanged(
                        7,
                        99,
                        2,
                        "T2026",
                        42,
                        OrderChanged.Status.PAID,
                        NOON,
                        "CNY",
                        "taobao",
                        true,
                        List.of(new OrderChanged.Line(1, "WIPES-80", "婴儿湿巾 80 抽", "湿巾", 2, 3980, 1, 1990)),
                        List.of("SAVE20"),
                        false),
                new InteractionRecorded(
                        7, 42, 1, "v-1", "product_reviewed", NOON, 5, "WIPES-80", Map.of("page", "1"), false),
                new ScoreChanged(
                        7,
                        42,
                        4,
                        NOON,
                        1,
                        3,
                        59900,
                        LocalDate.of(2026, 3, 1),
                        new ScoreChanged.Step("vip", 3, "senior", 2, NOON, 2, "score 80 reached 75", false),
                        new ScoreChanged.Step("111", -1, "011", -1, NOON, 2, "bought again", true),
                        new ScoreChanged.Step("growing", -1, "new", -1, NOON, 2, "second order", false),
                        List.of(new ScoreChanged.RepurchaseWindow(
                                "WIPES-80", "婴儿湿巾 80 抽", 99, NOON, NOON.plusSeconds(86400), NOON, "lasts")),
                        false),
                new ScoreChanged(
                        7,
                        42,
                        4,
                        NOON,
                        1,
                        3,
                        59900,
                        LocalDate.of(2026, 3, 1),
                        new ScoreChanged.Step("vip", 3, "senior", 2, NOON, 2, "score 80 reached 75", false),
                        new ScoreChanged.Step("111", -1, "011", -1, NOON, 2, "bought again", true),
                        new ScoreChanged.Step("growing", -1, "new", -1, NOON, 2, "second order", false),
                        List.of(new ScoreChanged.RepurchaseWindow(
                                "WIPES-80", "婴儿湿巾 80 抽", 99, NOON, NOON.plusSeconds(86400), NOON, "lasts")),
                        false,
                        new ScoreChanged.Churn(
                                List.of("frequency", "alive"),
                                new ScoreChanged.Step(
                                        "frequency", -1, "amount", -1, NOON, 2, "2 orders, 4 before", false)),
                        Map.of("frequency", "low")),
                new EngagementRecorded(7, 42, "m-1:sent", 3, 1L, Channel.SMS, "sent", NOON));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void parsesTheGoldenFile(Event event) throws IOException {
        byte[] file = read(event);

        Event parsed = EventJson.read(file, event.topic().eventClass());

        assertThat(parsed).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void writesWhatTheGoldenFileHolds(Event event) throws IOException {
        assertThat(JSON.readTree(EventJson.write(event))).isEqualTo(JSON.readTree(read(event)));
    }

    /// What came into an event later has a file of its own: the one before it must go on to parse as it is.
    private static String later(Event event) {
        return event instanceof ScoreChanged score && score.churn() != null ? ".churn" : "";
    }

    private static byte[] read(Event event) throws IOException {
        String name = "/golden/" + event.topic().cloudEventType() + later(event) + ".json";
        try (var in = GoldenFilesTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }
}
