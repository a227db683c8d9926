package io.regulars.local.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/// Sends a request again, after a growing pause, where the far side is away: connections refused or cut, 502, 503.
///
/// Repeating is safe because every POST carries an Idempotency-Key.
final class Transport {

    private static final Set<Integer> AWAY = Set.of(502, 503, 504);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final int TRIES = 12;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    HttpResponse<String> send(HttpRequest request) {
        var pause = FIRST_PAUSE;
        for (var attempt = 1; ; attempt++) {
            try {
                var response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (!AWAY.contains(response.statusCode()) || attempt == TRIES) {
                    return response;
                }
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw new ApiException(what(request) + ": no answer after " + TRIES + " tries: " + reason(e), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ApiException(what(request) + ": interrupted", e);
            }
            sleep(pause, request);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    static String what(HttpRequest request) {
        return request.method() + " " + request.uri().getPath();
    }

    private static String reason(IOException e) {
        return e instanceof ConnectException ? "connection refused" : String.valueOf(e.getMessage());
    }

    private static void sleep(Duration pause, HttpRequest request) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(what(request) + ": interrupted", e);
        }
    }
}
