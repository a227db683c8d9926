package io.regulars.bench.audience;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.bench.load.HttpConnection;

/// campaign-service as a marketer's page asks it, over one kept connection.
final class AudienceApi implements Peer, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpConnection connection;
    private final URI audiences;
    private final String token;

    AudienceApi(URI service, String token) throws IOException {
        this.audiences = service.resolve("/api/campaign/v1/audiences/");
        this.token = token;
        this.connection = new HttpConnection(service);
    }

    @Override
    public String name() {
        return "campaign-service";
    }

    @Override
    public Counted count(Question question) throws IOException {
        var answer = post("count", question);
        var reachable = answer.path("reachable");
        return new Counted(
                answer.path("customers").asLong(),
                reachable.path("email").asLong(),
                reachable.path("sms").asLong(),
                reachable.path("inbox").asLong());
    }

    @Override
    public List<String> page(Question question, int limit) throws IOException {
        return StreamSupport.stream(
                        post("sample?limit=" + limit, question).path("items").spliterator(), false)
                .map(item -> item.path("externalId").asText())
                .toList();
    }

    private JsonNode post(String what, Question question) throws IOException {
        var body = question.body().getBytes(StandardCharsets.UTF_8);
        var answer = connection.send(HttpConnection.post(audiences.resolve(what), token, body));
        if (answer.status() != 200) {
            throw new IllegalStateException(
                    question.name() + " was answered " + answer.status() + ": " + answer.text());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
