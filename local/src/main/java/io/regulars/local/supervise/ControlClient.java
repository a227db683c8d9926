package io.regulars.local.supervise;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.local.home.PortPlan;
import io.regulars.local.home.Secrets;

/// Gives commands to the launcher that runs.
public final class ControlClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PortPlan ports;
    private final Secrets secrets;

    public ControlClient(PortPlan ports, Secrets secrets) {
        this.ports = ports;
        this.secrets = secrets;
    }

    public List<Supervisor.UnitState> states() throws IOException, InterruptedException {
        return JSON.readValue(call("GET", "/units"), new TypeReference<>() {});
    }

    public void command(String unit, String verb) throws IOException, InterruptedException {
        call("POST", "/units/" + unit + "/" + verb);
    }

    public void shiftClock(Duration offset) throws IOException, InterruptedException {
        call("PUT", "/clock/" + offset);
    }

    private String call(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + ports.control() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + secrets.control())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalArgumentException(
                        JSON.readTree(response.body()).path("error").asText());
            }
            return response.body();
        }
    }
}
