package io.regulars.local.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Somebody with a token of their own, who makes any call.
final class Stranger {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI gateway;
    private final String bearer;

    /// @param status 200 for an answer that does not end
    record Answer(int status, String body) {}

    Stranger(URI gateway, String bearer) {
        this.gateway = gateway;
        this.bearer = bearer;
    }

    Answer call(OpenApiWalk.Call call) throws InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve(call.path()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + bearer)
                .method(
                        call.method(),
                        call.body() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(call.body(), StandardCharsets.UTF_8));
        if (call.body() != null) {
            request.header("Content-Type", call.contentType());
        }
        if (call.method().equals("POST")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        var answer = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            var response = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Answer(200, "an answer without end");
        } catch (ExecutionException e) {
            throw new UncheckedIOException(call.toString(), new IOException(e.getCause()));
        }
    }
}
