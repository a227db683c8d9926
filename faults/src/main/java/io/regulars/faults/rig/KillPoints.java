package io.regulars.faults.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.local.home.PortPlan;

/// The services' named kill points, over their management ports.
public final class KillPoints {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final PortPlan ports;

    KillPoints(PortPlan ports) {
        this.ports = ports;
    }

    /// A service's points with how often each was reached since it started.
    public Map<String, Long> of(String service) {
        var answer = send(HttpRequest.newBuilder(uri(service, "")).GET());
        var points = new TreeMap<String, Long>();
        try {
            JSON.readTree(answer)
                    .properties()
                    .forEach(
                            point -> points.put(point.getKey(), point.getValue().asLong()));
        } catch (IOException e) {
            throw new IllegalStateException("kill points of " + service + ": " + answer, e);
        }
        return points;
    }

    /// The service dies when it reaches the point for the n-th time from now on.
    public void arm(String service, String point, int arrival) {
        send(HttpRequest.newBuilder(uri(service, "/" + point))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"arrival\":" + arrival + "}")));
    }

    private URI uri(String service, String path) {
        return URI.create("http://localhost:" + ports.management(service) + "/kill-points" + path);
    }

    private String send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("kill points cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
