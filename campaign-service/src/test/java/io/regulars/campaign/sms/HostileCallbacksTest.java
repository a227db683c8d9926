package io.regulars.campaign.sms;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Whatever comes over a provider's path: facts that every column takes, or one of the stated exceptions.
class HostileCallbacksTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");
    private static final List<String> FIELDS = List.of(
            "biz_id",
            "success",
            "err_code",
            "err_msg",
            "report_time",
            "send_time",
            "phone_number",
            "content",
            "sign_name",
            "report_status",
            "sid",
            "errmsg",
            "description",
            "user_receive_time",
            "mobile",
            "nationcode",
            "sign",
            "text",
            "time",
            "receipts",
            "replies",
            "id",
            "status",
            "reason",
            "at",
            "from");
    private static final List<String> VALUES = List.of(
            "\"\"",
            "\"a\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"😀\"",
            "null",
            "true",
            "1e9999",
            "-1",
            "99999999999999999999",
            "{}",
            "[]",
            "[[[[1]]]]",
            "[null, 1, \"x\"]",
            "\"2026-03-01 04:00:00\"",
            "\"2026-03-01T04:00:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"delivered\"",
            "\"failed\"",
            "\"SUCCESS\"",
            "\"" + "x".repeat(5_000) + "\"",
            "\"R\"",
            "\"=cmd|'/c calc'!A1\"");

    private static SmsProvider provider(String kind) {
        var account = Accounts.of(java.net.URI.create("http://localhost:1"), "s3cret", false);
        return switch (kind) {
            case "aliyun" -> new AliyunSms(account, () -> "n");
            case "tencent" -> new TencentSms(account);
            case "twilio" -> new TwilioSms(account);
            default -> new HttpSms(account);
        };
    }

    @Provide
    Arbitrary<String> objects() {
        Arbitrary<String> field = Arbitraries.of(FIELDS)
                .flatMap(name -> Arbitraries.of(VALUES).map(value -> "\"" + name + "\": " + value));
        Arbitrary<String> flat = field.list().ofMaxSize(8).map(fields -> "{" + String.join(", ", fields) + "}");
        return Arbitraries.oneOf(
                flat,
                flat.list().ofMaxSize(3).map(list -> "[" + String.join(", ", list) + "]"),
                flat.map(one -> "{\"receipts\": [" + one + "], \"replies\": [" + one + "]}"),
                Arbitraries.of(VALUES),
                Arbitraries.strings().ofMaxLength(40));
    }

    @Property(tries = 2_000, seed = "44")
    void isReadOrRefused(@ForAll("objects") String body) {
        for (String kind : List.of("aliyun", "tencent", "http", "twilio")) {
            try {
                read(kind, body).ifPresent(HostileCallbacksTest::kept);
            } catch (IllegalArgumentException | DateTimeException stated) {
                assertThat(stated).isNotNull();
            }
        }
    }

    private static void kept(Inbound inbound) {
        assertThat(inbound.reports())
                .allSatisfy(one -> assertThat(one.providerId() + one.reason())
                        .hasSizeLessThanOrEqualTo(500)
                        .doesNotContain("\u0000", "\ud800"));
        assertThat(inbound.replies())
                .allSatisfy(one -> assertThat(one.phone() + one.text() + one.signName())
                        .hasSizeLessThanOrEqualTo(1_500)
                        .doesNotContain("\u0000"));
    }

    @Property(tries = 500, seed = "45")
    void aFormIsReadOrRefused(@ForAll String noise) {
        for (String body :
                List.of(noise, "MessageSid=" + noise + "&MessageStatus=failed", "%" + noise, "=&==&" + noise)) {
            try {
                String signature = TwilioSms.signature("s3cret", Accounts.CALLBACK, TwilioSms.form(body));
                provider("twilio")
                        .inbound(callback(Map.of("x-twilio-signature", signature), body))
                        .ifPresent(HostileCallbacksTest::kept);
            } catch (IllegalArgumentException stated) {
                assertThat(stated).isNotNull();
            }
        }
    }

    @Test
    void nestsNoDeeperThanAnybodyNeeds() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);

        for (String kind : List.of("aliyun", "tencent", "http")) {
            assertThatThrownBy(() -> read(kind, deep)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void tellsOfSoManyMessagesAtOnce() {
        String many = "[" + "{\"biz_id\": \"1\"},".repeat(1_000) + "{\"biz_id\": \"1\"}]";

        assertThatThrownBy(() -> read("aliyun", many)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Signed, where its kind signs.
    private static Optional<Inbound> read(String kind, String body) {
        String timestamp = String.valueOf(NOW.getEpochSecond());
        // what is no UTF-8 comes as what a decoder makes of it
        String came = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return provider(kind)
                .inbound(callback(
                        Map.of(
                                "webhook-id",
                                "w",
                                "webhook-timestamp",
                                timestamp,
                                "webhook-signature",
                                StandardWebhooks.sign("s3cret", "w", timestamp, came)),
                        body));
    }

    private static Callback callback(Map<String, String> headers, String body) {
        return new Callback(null, "t0ken", headers, body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
