package io.regulars.campaign.sms;

import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;

/// A gateway of our own format: `{"to", "text", "idempotencyKey"}`, signed as Standard Webhooks are, and once
/// more in the headers `X-Regulars-Timestamp` and `X-Regulars-Signature` for gateways of before.
///
/// - Sent: 2xx; `id` names it.
/// - Later, and the next provider: 401, 403, 408, 429: answers to a request that was not begun.
/// - Unknown: any 5xx, 503 among them, since a proxy may have answered for a gateway that did deliver; sent
///   again where the gateway knows a repetition by its key.
/// - Refused: any other 4xx.
///
/// It posts `{"receipts": [{"id", "status": "delivered" or "failed", "reason", "at"}], "replies": [{"from",
/// "text", "at"}]}`, signed the same way.
final class HttpSms implements SmsProvider {

    /// Stands for a secret that nobody gave: everybody knows it, so it vouches for nothing that comes in.
    static final String UNSET = "unset";

    private static final Set<Integer> LATER = Set.of(401, 403, 408, 429);

    private final Account account;

    HttpSms(Account account) {
        this.account = account;
    }

    @Override
    public HttpRequest request(Sms sms, Instant now) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("to", sms.to())
                .put("text", sms.text())
                .put("idempotencyKey", sms.key())
                .toString();
        String timestamp = String.valueOf(now.getEpochSecond());
        byte[] secret = Signing.bytes(account.secret());
        return HttpRequest.newBuilder(account.url())
                .header("Content-Type", "application/json")
                .header("webhook-id", sms.key())
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", StandardWebhooks.sign(account.secret(), sms.key(), timestamp, body))
                .header("X-Regulars-Timestamp", timestamp)
                .header("X-Regulars-Signature", Signing.hex(Signing.sha256(secret, timestamp + "." + body)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Override
    public Verdict read(Answer answer) {
        String words = answer.words();
        int status = answer.status();
        if (status / 100 == 2) {
            return Verdict.of(new Outcome.Sent(answer.json().path("id").asText(null)));
        }
        if (LATER.contains(status)) {
            return Verdict.ill(new Outcome.TryLater(words, answer.pause()));
        }
        if (status >= 500) {
            return Verdict.ill(
                    account.idempotent() ? new Outcome.Repeat(words, answer.pause()) : new Outcome.Unknown(words));
        }
        return Verdict.of(new Outcome.Refused(words));
    }

    @Override
    public boolean idempotent() {
        return account.idempotent();
    }

    @Override
    public Optional<Inbound> inbound(Callback callback) {
        if (UNSET.equals(account.secret()) || !StandardWebhooks.signed(account.secret(), callback)) {
            return Optional.empty();
        }
        JsonNode body = Pushes.read(callback);
        List<Inbound.Report> reports = new ArrayList<>();
        for (JsonNode one : body.path("receipts")) {
            String status = Pushes.text(one, "status");
            if (!"delivered".equals(status) && !"failed".equals(status)) {
                throw new IllegalArgumentException("status must be delivered or failed");
            }
            reports.add(new Inbound.Report(
                    Pushes.text(one, "id"),
                    "delivered".equals(status),
                    one.path("reason").asText("failed"),
                    at(one, callback)));
        }
        List<Inbound.Reply> replies = new ArrayList<>();
        for (JsonNode one : body.path("replies")) {
            replies.add(
                    new Inbound.Reply(Pushes.text(one, "from"), one.path("text").asText(""), null, at(one, callback)));
        }
        return Optional.of(new Inbound(reports, replies));
    }

    private static Instant at(JsonNode one, Callback callback) {
        return one.hasNonNull("at")
                ? OffsetDateTime.parse(one.path("at").asText()).toInstant()
                : callback.now();
    }

    @Override
    public String thanks() {
        return "";
    }
}
