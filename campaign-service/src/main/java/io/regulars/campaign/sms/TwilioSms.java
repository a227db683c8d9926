package io.regulars.campaign.sms;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;

/// Twilio's `Messages.json`: a form under basic authentication. It knows no idempotency key.
///
/// - Sent: 201; `sid` names it.
/// - Later, and the next provider: 429, its queue full (14107, 30001), 401 and 403 of the account, 408.
/// - Unknown: 5xx; of 503 Twilio does not say that nothing was queued.
/// - Refused: every other code, such as 21211 (no such number) and 21610 (the number replied STOP).
///
/// Its callbacks are signed by `X-Twilio-Signature`, over the address as Twilio knows it and the form.
/// <https://www.twilio.com/docs/usage/security#validating-requests>
final class TwilioSms implements SmsProvider {

    private static final Set<Integer> LATER = Set.of(401, 403, 408, 429);
    private static final Set<Integer> FULL = Set.of(14107, 30001, 20429);
    private static final Set<String> FAILED = Set.of("failed", "undelivered");
    private static final Set<String> DELIVERED = Set.of("delivered", "read");

    private final Account account;

    TwilioSms(Account account) {
        this.account = account;
    }

    @Override
    public HttpRequest request(Sms sms, Instant now) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", sms.to());
        form.put(account.from().startsWith("MG") ? "MessagingServiceSid" : "From", account.from());
        form.put("Body", sms.text());
        form.put("StatusCallback", account.callback());
        String login = Signing.base64(Signing.bytes(account.key() + ":" + account.secret()));
        return HttpRequest.newBuilder(
                        account.url().resolve("/2010-04-01/Accounts/" + encoded(account.key()) + "/Messages.json"))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"))))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Verdict read(Answer answer) {
        JsonNode body = answer.json();
        int code = body.path("code").asInt();
        String words =
                code == 0 ? answer.words() : code + ": " + body.path("message").asText("");
        if (answer.status() / 100 == 2) {
            return Verdict.of(new Outcome.Sent(body.path("sid").asText(null)));
        }
        if (LATER.contains(answer.status()) || FULL.contains(code)) {
            return Verdict.ill(new Outcome.TryLater(words, answer.pause()));
        }
        if (answer.status() >= 500) {
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
        SortedMap<String, String> form = form(callback.text());
        String url = callback.query() == null ? account.callback() : account.callback() + "?" + callback.query();
        if (!Signing.same(signature(account.secret(), url, form), callback.header("x-twilio-signature"))) {
            return Optional.empty();
        }
        String status = form.getOrDefault("MessageStatus", "");
        if (DELIVERED.contains(status) || FAILED.contains(status)) {
            return Optional.of(Inbound.of(new Inbound.Report(
                    needed(form, "MessageSid"),
                    DELIVERED.contains(status),
                    status + " " + form.getOrDefault("ErrorCode", ""),
                    callback.now())));
        }
        if (status.isEmpty() && form.containsKey("Body")) {
            boolean stop = "STOP".equals(form.get("OptOutType"));
            return Optional.of(Inbound.of(
                    new Inbound.Reply(needed(form, "From"), stop ? "STOP" : form.get("Body"), null, callback.now())));
        }
        // on its way: nothing that we keep
        return Optional.of(Inbound.NOTHING);
    }

    private static String needed(Map<String, String> form, String field) {
        String value = form.get(field);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is required");
        }
        return value;
    }

    static String signature(String secret, String url, SortedMap<String, String> form) {
        String signed = url
                + form.entrySet().stream()
                        .map(one -> one.getKey() + one.getValue())
                        .collect(Collectors.joining());
        return Signing.base64(Signing.hmac("HmacSHA1", Signing.bytes(secret), signed));
    }

    static SortedMap<String, String> form(String body) {
        SortedMap<String, String> form = new TreeMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String thanks() {
        return "";
    }
}
