package io.regulars.campaign.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import io.regulars.kit.fault.KillPoint;

/// Sends SMS over a gateway that takes signed HTTP requests. Stands before the first message: an HTTP client and its
/// certificates take seconds on a busy machine, and what is marked as transmitting has a lease.
@ApplicationScoped
@Startup(100)
public class SmsGateway {

    private static final int LONGEST_WORDS = 300;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final SmsConfig config;
    private final Clock clock;
    private final ObjectMapper json;
    private final HttpClient http;

    SmsGateway(SmsConfig config, Clock clock, ObjectMapper json) {
        this.config = config;
        this.clock = clock;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    public Outcome send(Sms sms) {
        if (config.url().isEmpty()) {
            return new Outcome.TryLater("no SMS gateway is configured (regulars.sms.url)", null);
        }
        try {
            KillPoint.SMS_BEFORE_REQUEST.reach();
            HttpResponse<String> answer = http.send(request(config.url().get(), sms), head -> {
                // the gateway has done its work; nobody here knows yet
                KillPoint.SMS_AFTER_REQUEST.reach();
                return HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
            });
            KillPoint.SMS_AFTER_ANSWER.reach();
            return outcome(answer);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Outcome.TryLater("the SMS gateway cannot be reached: " + e.getMessage(), null);
        } catch (IOException e) {
            return uncertain("no answer of the SMS gateway: " + e.getMessage(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return uncertain("interrupted before the SMS gateway answered", null);
        }
    }

    /// Whether a message whose fate is unknown can be sent again without harm.
    public boolean idempotent() {
        return config.idempotent();
    }

    private Outcome uncertain(String reason, Duration after) {
        return config.idempotent() ? new Outcome.Repeat(reason, after) : new Outcome.Unknown(reason);
    }

    private HttpRequest request(URI url, Sms sms) {
        String body = json.createObjectNode()
                .put("to", sms.to())
                .put("text", sms.text())
                .put("idempotencyKey", sms.key())
                .toString();
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        return HttpRequest.newBuilder(url)
                .timeout(config.timeout())
                .header("Content-Type", "application/json")
                .header("X-Regulars-Timestamp", timestamp)
                .header("X-Regulars-Signature", sign(timestamp + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] secret = config.secret().orElse("unset").getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private Outcome outcome(HttpResponse<String> answer) {
        int status = answer.statusCode();
        String words = "HTTP " + status + ": " + firstWords(answer.body());
        if (status / 100 == 2) {
            return new Outcome.Sent(id(answer.body()));
        }
        if (status == 401 || status == 403 || status == 408 || status == 429 || status == 503) {
            return new Outcome.TryLater(words, wait(answer));
        }
        if (status >= 500) {
            // a proxy may have answered for a gateway that did deliver
            return uncertain(words, wait(answer));
        }
        return new Outcome.Refused(words);
    }

    private static Duration wait(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked)
                .orElse(null);
    }

    private String id(String body) {
        try {
            return json.readTree(body).path("id").asText(null);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String firstWords(String body) {
        String words = body == null ? "" : body.strip().replaceAll("\\s+", " ");
        return words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) : words;
    }
}
