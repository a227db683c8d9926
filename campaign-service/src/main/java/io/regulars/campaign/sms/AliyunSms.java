package io.regulars.campaign.sms;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;

/// Aliyun's short message service, `SendSms` of 2017-05-25. It knows no idempotency key.
///
/// - Sent: `Code` is `OK`; `BizId` names it.
/// - Later, and the next provider: throttling of the account, no money, an account, key, signature or
///   template that is not in order; all of them come before anything is sent.
/// - Later, nobody else: `isv.BUSINESS_LIMIT_CONTROL`, one number's 1 a minute, 5 an hour, 10 a day.
/// - Unknown: `isp.SYSTEM_ERROR`, `InternalError`, `ServiceUnavailable` (503: it may have begun), and
///   whatever has no code.
/// - Refused: every other code.
///
/// Its pushes (`SmsReport`, `SmsUp`) are not signed: they come by a secret path.
final class AliyunSms implements SmsProvider {

    private static final Set<String> ACCOUNT = Set.of(
            "isv.AMOUNT_NOT_ENOUGH",
            "isv.OUT_OF_SERVICE",
            "isv.ACCOUNT_NOT_EXISTS",
            "isv.ACCOUNT_ABNORMAL",
            "isv.PRODUCT_UN_SUBSCRIPT",
            "isv.PRODUCT_UNSUBSCRIBE",
            "isv.SMS_SIGNATURE_ILLEGAL",
            "isv.SMS_TEMPLATE_ILLEGAL",
            "isv.DAY_LIMIT_CONTROL",
            "isp.RAM_PERMISSION_DENY",
            "SignatureDoesNotMatch",
            "SignatureNonceUsed",
            "InvalidTimeStamp.Expired");
    private static final Set<String> UNCERTAIN = Set.of("isp.SYSTEM_ERROR", "InternalError", "ServiceUnavailable");
    private static final Duration OF_A_NUMBER = Duration.ofHours(1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final Account account;
    private final Supplier<String> nonces;

    AliyunSms(Account account, Supplier<String> nonces) {
        this.account = account;
        this.nonces = nonces;
    }

    @Override
    public HttpRequest request(Sms sms, Instant now) {
        var signed = ChineseSms.of(sms, account.signName());
        var query = new TreeMap<>(Map.of(
                "PhoneNumbers", number(sms.to()),
                "TemplateCode", account.template(),
                "TemplateParam",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put(account.templateParam(), signed.text())
                                .toString(),
                "OutId", sms.key()));
        if (signed.signName() != null) {
            query.put("SignName", signed.signName());
        }
        URI url = account.url();
        Map<String, String> headers = Map.of(
                "host",
                url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort(),
                "x-acs-action",
                "SendSms",
                "x-acs-version",
                "2017-05-25",
                "x-acs-date",
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                "x-acs-signature-nonce",
                nonces.get(),
                "x-acs-content-sha256",
                Signing.hash(""));
        var request = HttpRequest.newBuilder(url.resolve("/?" + Acs3.query(query)))
                .header("Authorization", Acs3.authorization(account.key(), account.secret(), "POST", query, headers))
                .POST(HttpRequest.BodyPublishers.noBody());
        headers.forEach((name, value) -> {
            // the client writes this one itself
            if (!"host".equals(name)) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    /// Numbers of mainland China without their country, all others without the plus.
    private static String number(String e164) {
        return e164.startsWith("+86") ? e164.substring(3) : e164.substring(e164.startsWith("+") ? 1 : 0);
    }

    @Override
    public Verdict read(Answer answer) {
        JsonNode body = answer.json();
        String code = body.path("Code").asText("");
        String words = code.isEmpty()
                ? answer.words()
                : code + ": " + body.path("Message").asText("");
        if ("OK".equals(code)) {
            return Verdict.of(new Outcome.Sent(body.path("BizId").asText(null)));
        }
        if ("isv.BUSINESS_LIMIT_CONTROL".equals(code)) {
            return Verdict.of(new Outcome.TryLater(words, OF_A_NUMBER));
        }
        if (ACCOUNT.contains(code)
                || code.startsWith("Throttling")
                || code.startsWith("InvalidAccessKeyId")
                || code.startsWith("Forbidden")
                || answer.status() == 429) {
            return Verdict.ill(new Outcome.TryLater(words, answer.pause()));
        }
        if (code.isEmpty() || UNCERTAIN.contains(code)) {
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
            if (one.has("content")) {
                replies.add(new Inbound.Reply(
                        ChineseSms.phone(null, Pushes.text(one, "phone_number")),
                        one.path("content").asText(),
                        one.path("sign_name").asText(null),
                        time(one, "send_time", callback)));
            } else {
                reports.add(new Inbound.Report(
                        Pushes.text(one, "biz_id"),
                        one.path("success").asBoolean(),
                        one.path("err_code").asText("") + ": "
                                + one.path("err_msg").asText(""),
                        time(one, "report_time", callback)));
            }
        }
        return Optional.of(new Inbound(reports, replies));
    }

    private static Instant time(JsonNode one, String field, Callback callback) {
        return one.path(field).asText("").isEmpty()
                ? callback.now()
                : LocalDateTime.parse(one.path(field).asText(), TIME)
                        .atZone(CHINA)
                        .toInstant();
    }

    @Override
    public String thanks() {
        return "{\"code\": 0, \"msg\": \"接收成功\"}";
    }
}
