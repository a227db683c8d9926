package io.regulars.campaign.sms;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;
import io.regulars.embedded.SmsSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Each kind over a real socket, to a sandbox that verifies its signature.
class ProvidersTest {

    private static final Sms SMS = new Sms("k1", "+8613800138000", "【暖阳母婴】亲爱的张**，您好 & ~*+，拒收请回复R");
    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    private final SmsSandbox sandbox = SmsSandbox.start(0, "s3cret", Clock.systemUTC());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private SmsProvider provider(String kind) {
        return provider(kind, sandbox.secret());
    }

    private SmsProvider provider(String kind, String secret) {
        return switch (kind) {
            case "aliyun" ->
                new AliyunSms(
                        Accounts.of(sandbox.root(), secret, false),
                        () -> UUID.randomUUID().toString());
            case "tencent" -> new TencentSms(Accounts.of(sandbox.root(), secret, false));
            case "twilio" -> new TwilioSms(Accounts.of(sandbox.root(), secret, false));
            default -> new HttpSms(Accounts.of(sandbox.url(), secret, false));
        };
    }

    private static SmsProvider.Verdict send(SmsProvider provider) {
        try (var line = Accounts.line("p", provider, 0, 4)) {
            return line.send(SMS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aliyun", "tencent", "twilio", "http"})
    void sendsWhatTheProviderTakes(String kind) {
        SmsProvider.Verdict verdict = send(provider(kind));

        assertThat(verdict.outcome()).isEqualTo(new Outcome.Sent("sms-1"));
        assertThat(sandbox.received()).singleElement().satisfies(sms -> {
            assertThat(sms.to()).isEqualTo(SMS.to());
            assertThat(sms.text()).isEqualTo(SMS.text());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"aliyun", "tencent", "twilio", "http"})
    void isIllWhereItsKeyIsWrong(String kind) {
        SmsProvider.Verdict verdict = send(provider(kind, "wrong"));

        assertThat(verdict.ill()).isTrue();
        assertThat(verdict.outcome()).isInstanceOf(Outcome.TryLater.class);
        assertThat(sandbox.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aliyun, isv.MOBILE_NUMBER_ILLEGAL, Refused, false",
        "aliyun, isv.BLACK_KEY_CONTROL_LIMIT, Refused, false",
        "aliyun, isv.BUSINESS_LIMIT_CONTROL, TryLater, false",
        "aliyun, isv.AMOUNT_NOT_ENOUGH, TryLater, true",
        "aliyun, Throttling.User, TryLater, true",
        "aliyun, isp.SYSTEM_ERROR, Unknown, true",
        "tencent, InvalidParameterValue.IncorrectPhoneNumber, Refused, false",
        "tencent, FailedOperation.PhoneNumberInBlacklist, Refused, false",
        "tencent, LimitExceeded.PhoneNumberThirtySecondLimit, TryLater, false",
        "tencent, LimitExceeded.AppDailyLimit, TryLater, true",
        "tencent, FailedOperation.InsufficientBalanceInSmsPackage, TryLater, true",
        "tencent, InternalError.Timeout, Unknown, true",
        "twilio, 21211, Refused, false",
        "twilio, 21610, Refused, false",
        "twilio, 20429, TryLater, true",
        "twilio, 30001, TryLater, true",
    })
    void tellsWhatACodeMeans(String kind, String code, String outcome, boolean ill) {
        sandbox.refuseNext(code);

        SmsProvider.Verdict verdict = send(provider(kind));

        assertThat(verdict.outcome().getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(verdict.ill()).isEqualTo(ill);
        assertThat(sandbox.received()).isEmpty();
    }

    /// 503 too: a proxy says so of a provider that took the message and then fell over.
    @ParameterizedTest
    @CsvSource({
        "aliyun, 502", "tencent, 502", "twilio, 502", "http, 502",
        "aliyun, 503", "tencent, 503", "twilio, 503", "http, 503",
        "aliyun, 504", "tencent, 504", "twilio, 504", "http, 504",
    })
    void knowsNothingAfterAnErrorOfAServerInBetween(String kind, int status) {
        sandbox.failNext(status);

        assertThat(send(provider(kind)).outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void waitsAsLongAsItIsAskedAndNoLongerThanAnHour() {
        assertThat(Answer.pause("120", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(Answer.pause("Sun, 01 Mar 2026 04:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Answer.pause("999999999", NOW)).isEqualTo(Duration.ofHours(1));
        assertThat(Answer.pause("soon", NOW)).isNull();
    }

    @Test
    void readsAliyunsReportsAndReplies() {
        String body = """
                [{"phone_number": "13900000001", "send_time": "2017-01-01 11:12:13", "report_time": "2017-02-02 22:23:24",
                  "success": true, "err_code": "DELIVERED", "err_msg": "ok", "sms_size": "1", "biz_id": "12^0",
                  "out_id": "67"},
                 {"phone_number": "13900000002", "report_time": "2017-02-02 22:23:24", "success": false,
                  "err_code": "MK:0001", "err_msg": "空号", "biz_id": "13^0"},
                 {"phone_number": "13900000003", "content": "R", "sign_name": "暖阳母婴", "send_time": "2017-02-02 22:23:24",
                  "dest_code": "1", "sequence_id": 7}]\
                """;

        var inbound =
                provider("aliyun").inbound(callback("t0ken", Map.of(), body)).orElseThrow();

        Instant at = Instant.parse("2017-02-02T14:23:24Z");
        assertThat(inbound.reports())
                .containsExactly(
                        new Inbound.Report("12^0", true, "DELIVERED: ok", at),
                        new Inbound.Report("13^0", false, "MK:0001: 空号", at));
        assertThat(inbound.replies()).containsExactly(new Inbound.Reply("+8613900000003", "R", "暖阳母婴", at));
    }

    @Test
    void readsTencentsCallbacks() {
        String reports = """
                [{"user_receive_time": "2015-10-17 08:03:04", "nationcode": "86", "mobile": "13900000001",
                  "report_status": "SUCCESS", "errmsg": "DELIVRD", "description": "ok", "sid": "5000:1"}]\
                """;
        String reply = """
                {"extend": "1", "mobile": "13900000001", "nationcode": "86", "sign": "暖阳", "text": "T",
                 "time": 1457336869}\
                """;
        var provider = provider("tencent");

        assertThat(provider.inbound(callback("t0ken", Map.of(), reports))
                        .orElseThrow()
                        .reports())
                .containsExactly(
                        new Inbound.Report("5000:1", true, "DELIVRD: ok", Instant.parse("2015-10-17T00:03:04Z")));
        assertThat(provider.inbound(callback("t0ken", Map.of(), reply))
                        .orElseThrow()
                        .replies())
                .containsExactly(new Inbound.Reply("+8613900000001", "T", "暖阳", Instant.ofEpochSecond(1_457_336_869)));
    }

    @Test
    void readsTwiliosCallbacksWhereTheyAreSigned() {
        var form = "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003&To=%2B15550002222";
        var signature = TwilioSms.signature("s3cret", Accounts.CALLBACK, TwilioSms.form(form));
        var provider = provider("twilio");

        assertThat(provider.inbound(callback(null, Map.of("x-twilio-signature", signature), form))
                        .orElseThrow()
                        .reports())
                .isEqualTo(List.of(new Inbound.Report("SM1", false, "undelivered 30003", NOW)));
        assertThat(provider.inbound(callback(null, Map.of("x-twilio-signature", signature), form + "&x=y")))
                .isEmpty();
        assertThat(provider.inbound(callback(null, Map.of(), form))).isEmpty();
    }

    @Test
    void hearsTwiliosStop() {
        var form = new TreeMap<>(
                Map.of("From", "+15550002222", "Body", "halt", "OptOutType", "STOP", "SmsStatus", "received"));
        var signature = TwilioSms.signature("s3cret", Accounts.CALLBACK, form);
        var body = "From=%2B15550002222&Body=halt&OptOutType=STOP&SmsStatus=received";

        assertThat(provider("twilio")
                        .inbound(callback(null, Map.of("x-twilio-signature", signature), body))
                        .orElseThrow()
                        .replies())
                .containsExactly(new Inbound.Reply("+15550002222", "STOP", null, NOW));
    }

    @Test
    void believesNobodyWithoutTheSecretPath() {
        assertThat(provider("aliyun").inbound(callback("guess", Map.of(), "[]")))
                .isEmpty();
        assertThat(provider("tencent").inbound(callback(null, Map.of(), "[]"))).isEmpty();
    }

    @Test
    void refusesWhatIsNoCallback() {
        assertThatThrownBy(() -> provider("aliyun").inbound(callback("t0ken", Map.of(), "[{\"success\": true}]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("biz_id is required");
        assertThatThrownBy(() -> provider("aliyun").inbound(callback("t0ken", Map.of(), "hello")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Callback callback(String token, Map<String, String> headers, String body) {
        return new Callback(null, token, headers, body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
