package io.regulars.local.journey;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OpenApiWalkTest {

    @Test
    void leavesOutNoOperation() throws Exception {
        var document = new ObjectMapper().readTree("""
                {"paths": {
                  "/api/campaign/v1/messages/{m}": {"parameters": [], "get": {}, "delete": {}},
                  "/api/campaign/hooks/{provider}": {"post": {}},
                  "/api/campaign/hooks/v1/state": {"get": {}}}}
                """);

        var walk = new OpenApiWalk(document, Map.of("customers", "cus_1", "messages", "msg_7"));

        assertThat(walk.calls().stream().map(OpenApiWalk.Call::toString))
                .containsExactlyInAnyOrder(
                        "GET /api/campaign/v1/messages/msg_7", "DELETE /api/campaign/v1/messages/msg_7");
        assertThat(walk.open())
                .containsExactly("GET /api/campaign/hooks/v1/state", "POST /api/campaign/hooks/{provider}");
    }
}
