package io.regulars.campaign.sms;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;

/// Tencent Cloud's SMS, `SendSms` of 2021-01-11. It knows no idempotency key. A request has an error, or each
/// number a status; both speak in the same codes.
///
/// - Sent: `Ok`; `SerialNo` names it.
/// - Later, nobody else: limits of one number (`LimitExceeded.PhoneNumber…`,
///   `LimitExceeded.DeliveryFrequencyLimit`).
/// - Later, and the next provider: limits of the account, its money, rights, keys, signature and template.
/// - Unknown: `InternalError…`, and answers without a code.
/// - Refused: every other code.
///
/// Its callbacks are not signed: they come by a secret path.
final class TencentSms implements SmsProvider {

    private static final List<String> ACCOUNT = List.of(
            "AuthFailure",
            "LimitExceeded",
            "RequestLimitExceeded",
            "UnauthorizedOperation",
            "ResourceUnavailable",
            "FailedOperation.InsufficientBalanceInSmsPackage",
            "FailedOperation.SignatureIncorrectOrUnapproved",
            "FailedOperation.MissingSignature",
            "FailedOperation.MissingTemplateToModify",
            "FailedOperation.TemplateIncorrectOrUnapproved",
            "FailedOperation.TemplateUnapprovedOrNotExist",
            "InternalError.RequestTimeException",
            "InternalError.SigVerificationFail");
    private static final Map<String, Duration> OF_A_NUMBER = Map.of(
            "LimitExceeded.PhoneNumberThirtySecondLimit", Duration.ofSeconds(30),
            "LimitExceeded.PhoneNumberOneHourLimit", Duration.ofHours(1),
            "LimitExceeded.DeliveryFrequencyLimit", Duration.ofHours(1),
            "LimitExceeded.PhoneNumberDailyLimit", Duration.ofHours(6),
            "LimitExceeded.PhoneNumberSameContentDailyLimit", Duration.ofHours(6));
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final Account account;

    TencentSms(Account account) {
        this.account = account;
    }

    @Override
    public HttpRequest request(Sms sms, Instant now) {
        var signed = ChineseSms.of(sms, account.signName());
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("SmsSdkAppId", account.appId())
                .put("SignName", signed.signName())
                .put("TemplateId", account.template())
                .put("SessionContext", sms.key());
        body.putArray("PhoneNumberSet").add(sms.to());
        body.putArray("TemplateParamSet").add(signed.text());
        URI url = account.url();
        String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
        return HttpRequest.newBuilder(url.resolve("/"))
                .header("Content-Type", Tc3.CONTENT_TYPE)
                .header("X-TC-Action", "SendSms")
                .header("X-TC-Version", "2021-01-11")
                .header("X-TC-Region", account.region())
                .header("X-TC-Timestamp", String.valueOf(now.getEpochSecond()))
                .header(
                        "Authorization",
                        Tc3.authorization(account.key(), account.secret(), "sms", host, body.toString(), now))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    @Override
    public Verdict read(Answer answer) {
        JsonNode response = answer.json().path("Response");
        JsonNode status = response.path("SendStatusSet").path(0);
        JsonNode says = response.has("Error") ? response.path("Error") : status;
        String code = says.path("Code").asText("");
        String words = code.isEmpty()
                ? answer.words()
                : code + ": " + says.path("Message").asText("");
        if ("Ok".equals(code)) {
            return Verdict.of(new Outcome.Sent(status.path("SerialNo").asText(null)));
        }
        if (OF_A_NUMBER.containsKey(code)) {
            return Verdict.of(new Outcome.TryLater(words, OF_A_NUMBER.get(code)));
        }
        if (answer.status() == 429 || ACCOUNT.stream().anyMatch(code::startsWith)) {
            return Verdict.ill(new Outcome.TryLater(words, answer.pause()));
        }
        if (code.isEmpty() || code.startsWith("InternalError")) {
            return Verdict.ill(new Outcome.Unknown(words));
        }
        return Verdict.of(new Outcome.Refused(words));
    }

    @Override
    public boolean idempotent() {
        return false;
    }

    @Override
    public Optional<Inbound> inbound(Callback callback) {
        if (!Signing.same(account.token(), callback.token())) {
            return Optional.empty();
        }
        List<Inbound.Report> reports = new ArrayList<>();
        List<Inbound.Reply> replies = new ArrayList<>();
        for (JsonNode one : Pushes.list(callback)) {
            if (one.has("report_status")) {
                String time = one.path("user_receive_time").asText("");
                reports.add(new Inbound.Report(
                        Pushes.text(one, "sid"),
                        "SUCCESS".equals(one.path("report_status").asText()),
                        one.path("errmsg").asText("") + ": "
                                + one.path("description").asText(""),
                        time.isEmpty()
                                ? callback.now()
                                : LocalDateTime.parse(time, TIME).atZone(CHINA).toInstant()));
            } else {
                long at = one.path("time").asLong();
                replies.add(new Inbound.Reply(
                        ChineseSms.phone(one.path("nationcode").asText(null), Pushes.text(one, "mobile")),
                        one.path("text").asText(),
                        one.path("sign").asText(null),
                        at > 0 ? Instant.ofEpochSecond(at) : callback.now()));
            }
        }
        return Optional.of(new Inbound(reports, replies));
    }

    @Override
    public String thanks() {
        return "{\"result\": 0, \"errmsg\": \"OK\"}";
    }
}
