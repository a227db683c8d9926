package io.regulars.campaign.sms;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;
import io.regulars.kit.fault.KillPoint;
import org.jboss.logging.Logger;

/// One provider with connections, a rate and a breaker of its own, so that one that hangs or fails takes
/// nothing from the others. What has no answer of the provider's means the same for all of them:
///
/// - Surely not sent: the connection was refused or did not come about in time, or the TLS handshake failed;
///   the client writes the request after it, and sends nothing early.
/// - Surely not sent, and wrong until the operator changes the URL: a redirect (300, 301, 302, 305, 307,
///   308), which leads elsewhere with what was not done (RFC 9110, 15.4). It is never followed.
/// - Unknown, or repeated where the provider knows a repetition by its key: whatever else ends without an
///   answer or with one that does not end, and 303, which says that the request was done.
final class SmsLine implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SmsLine.class);
    private static final Duration GRACE = Duration.ofMillis(500);

    /// So long a message waits for its turn; then it is the next provider's, or due again. Short, since it is
    /// marked as being on the wire and a pause of its campaign reaches it no more.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration SOON = Duration.ofSeconds(1);

    /// A provider's longest answers take a few hundred bytes.
    private static final long LONGEST_ANSWER = 64 * 1_024;

    private static final Set<Integer> REDIRECTS = Set.of(300, 301, 302, 305, 307, 308);
    private static final Duration COMPLAINS = Duration.ofMinutes(1);

    private final String name;
    private final SmsProvider provider;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient http;
    private final TokenBucket bucket;
    private final Semaphore places;
    private final Breaker breaker = new Breaker();
    private volatile Instant complainedAt = Instant.EPOCH;

    /// How much a line does.
    ///
    /// @param rate SMS a second; 0 for no limit
    record Bounds(double rate, int connections, Duration connectTimeout, Duration timeout) {}

    SmsLine(String name, SmsProvider provider, Bounds bounds, Clock clock) {
        this.name = name;
        this.provider = provider;
        this.timeout = bounds.timeout();
        this.clock = clock;
        this.bucket = new TokenBucket(bounds.rate(), System::nanoTime);
        this.places = new Semaphore(bounds.connections());
        // no redirects: where SMS go is the operator's word alone
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(bounds.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    String name() {
        return name;
    }

    SmsProvider provider() {
        return provider;
    }

    /// How many messages could go within a second.
    int room() {
        return breaker.room(bucket.room(), clock.instant());
    }

    SmsProvider.Verdict send(Sms sms) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return notNow("all connections are busy", SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notNow("interrupted", SOON);
        }
        try {
            return inTurn(sms);
        } finally {
            places.release();
        }
    }

    private SmsProvider.Verdict inTurn(Sms sms) {
        if (!breaker.permits(clock.instant())) {
            return notNow("it fails and is left alone for a while", breaker.closedFor(clock.instant()));
        }
        Duration turn = bucket.take(PATIENCE);
        if (turn == null) {
            breaker.abandoned();
            return notNow("its rate is used up", SOON);
        }
        try {
            Thread.sleep(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            breaker.abandoned();
            return notNow("interrupted", SOON);
        }
        SmsProvider.Verdict verdict = exchange(sms);
        if (verdict.ill()) {
            breaker.failed(clock.instant(), asked(verdict.outcome()));
        } else {
            breaker.succeeded();
        }
        return verdict;
    }

    private SmsProvider.Verdict exchange(Sms sms) {
        HttpRequest request = timed(provider.request(sms, clock.instant()));
        try {
            KillPoint.SMS_BEFORE_REQUEST.reach();
            HttpResponse<String> response = whole(http.sendAsync(request, head -> {
                // the provider has done its work; nobody here knows yet
                KillPoint.SMS_AFTER_REQUEST.reach();
                return HttpResponse.BodySubscribers.limiting(
                        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER);
            }));
            KillPoint.SMS_AFTER_ANSWER.reach();
            Answer answer = Answer.of(response, clock.instant());
            return answer.status() / 100 == 3 ? redirected(answer) : provider.read(answer);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return SmsProvider.Verdict.ill(
                    new Outcome.TryLater("the SMS gateway cannot be reached: " + e.getMessage(), null));
        } catch (SSLHandshakeException e) {
            return SmsProvider.Verdict.ill(
                    new Outcome.TryLater("no TLS with the SMS gateway: " + e.getMessage(), null));
        } catch (IOException e) {
            return uncertain("no answer of the SMS gateway: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return uncertain("interrupted before the SMS gateway answered");
        }
    }

    /// The request's own time ends with the head of its answer: one whose body stalls would hold its place for ever.
    private <T> T whole(CompletableFuture<T> answer) throws IOException, InterruptedException {
        try {
            return answer.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("its answer did not end");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException(e.getCause());
        }
    }

    private HttpRequest timed(HttpRequest request) {
        return HttpRequest.newBuilder(request, (header, value) -> true)
                .timeout(timeout)
                .build();
    }

    private SmsProvider.Verdict redirected(Answer answer) {
        if (!REDIRECTS.contains(answer.status())) {
            return uncertain(answer.words());
        }
        Instant now = clock.instant();
        if (now.isAfter(complainedAt.plus(COMPLAINS))) {
            complainedAt = now;
            LOG.errorf(
                    "SMS provider %s redirects with HTTP %d, and no SMS goes by it: its URL is wrong",
                    name, answer.status());
        }
        return SmsProvider.Verdict.ill(new Outcome.TryLater(
                "redirects are not followed, the provider's URL is wrong: " + answer.words(), null));
    }

    private SmsProvider.Verdict uncertain(String reason) {
        return SmsProvider.Verdict.ill(
                provider.idempotent() ? new Outcome.Repeat(reason, null) : new Outcome.Unknown(reason));
    }

    private SmsProvider.Verdict notNow(String reason, Duration after) {
        return SmsProvider.Verdict.ill(new Outcome.NotNow(name + ": " + reason, after));
    }

    private static Duration asked(Outcome outcome) {
        return switch (outcome) {
            case Outcome.TryLater later -> later.after();
            case Outcome.Repeat repeat -> repeat.after();
            default -> null;
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
