package io.regulars.campaign.edge;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.kit.merchant.Roles;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

@QuarkusTest
class WidgetTest extends ServiceEdge {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private String pass(String body) {
        return post("/v1/inbox/ext:u1/passes", body).statusCode(200).extract().path("pass");
    }

    /// As a browser asks: without a token.
    private static ValidatableResponse browse(String path) {
        return RestAssured.given().get(path).then();
    }

    private void letter(String text) {
        activate("{\"type\": \"broadcast\"}", send("inbox", text));
    }

    @Test
    void aPassReadsItsOwnInboxAndIsOverInTime() {
        shop.joins(1);
        known(1);
        letter(HOSTILE);
        String pass = pass("{\"validFor\": \"PT1H\"}");
        eventually(() -> (int) browse("/inbox/" + pass + "/messages").extract().path("unread") == 1);

        browse("/inbox/" + pass + "/messages")
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "*")
                .header("Cache-Control", "no-store")
                .contentType("application/json")
                .body("items", hasSize(1))
                .body("items[0].text", is(HOSTILE));
        RestAssured.given()
                .post("/inbox/" + pass + "/read")
                .then()
                .statusCode(200)
                .body("unread", is(0))
                .body("items[0].read", is(true));

        clock.shift(Duration.ofHours(2));
        browse("/inbox/" + pass + "/messages").statusCode(401).contentType("application/problem+json");
        RestAssured.given().post("/inbox/" + pass + "/read").then().statusCode(401);
    }

    @Test
    void aPassIsMadeByTheShopForItsOwnCustomers() {
        shop.joins(1);
        known(1);
        String pass = pass("{}");
        String customer = get("/v1/decisions?customer=ext:u1").extract().path("customerId");

        as(shop.merchant() + 500_000, Roles.OWNER)
                .body("{}")
                .post("/v1/inbox/{c}/passes", customer)
                .then()
                .statusCode(404);
        as(Roles.SUPPORT).body("{}").post("/v1/inbox/ext:u1/passes").then().statusCode(403);
        post("/v1/inbox/ext:u1/passes", "{\"validFor\": \"P30D\"}").statusCode(422);
        for (String none : new String[] {"x", pass.substring(1), pass + "0", "%00", "../" + pass}) {
            RestAssured.given()
                    .urlEncodingEnabled(false)
                    .get("/inbox/" + none + "/messages")
                    .then()
                    .statusCode(org.hamcrest.Matchers.oneOf(400, 401, 404));
        }
    }

    @Test
    void whatArrivesIsPushed() throws Exception {
        shop.joins(1);
        known(1);
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        var request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port
                        + "/api/campaign/inbox/" + pass("{}") + "/stream?after=inb_0"))
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        Thread.ofVirtual()
                .start(() -> new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))
                        .lines()
                        .forEach(lines::add));

        letter("直播");

        eventually(() -> lines.stream().anyMatch(line -> line.startsWith("data:") && line.contains("直播")));
        response.body().close();
    }

    @Test
    void theScriptSetsTextsAsTextAlone() {
        String script = browse("/inbox/widget.js")
                .statusCode(200)
                .contentType("text/javascript")
                .header("X-Content-Type-Options", "nosniff")
                .extract()
                .asString();

        assertThat(script)
                .contains("textContent", "data-pass", "EventSource")
                .doesNotContain(
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "document.write",
                        "eval(",
                        "new Function",
                        "DOMParser");
    }
}
