package io.regulars.customer.imports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.regulars.customer.Shop;
import io.regulars.embedded.TestTokens;
import io.regulars.kit.merchant.Roles;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/// Sends files and waits for their jobs.
final class ImportSteps {

    private ImportSteps() {}

    static ValidatableResponse send(Shop shop, byte[] file, Map<String, String> form) {
        return send(given(), shop, file, form);
    }

    static ValidatableResponse sendOnce(String key, Shop shop, byte[] file, Map<String, String> form) {
        return send(given().header("Idempotency-Key", key), shop, file, form);
    }

    private static ValidatableResponse send(
            RequestSpecification request, Shop shop, byte[] file, Map<String, String> form) {
        request.auth()
                .oauth2(TestTokens.bearer(shop.merchant(), Roles.INTEGRATION))
                .multiPart("file", "export.csv", file);
        form.forEach((name, value) -> request.multiPart(new MultiPartSpecBuilder(value)
                .controlName(name)
                .charset(StandardCharsets.UTF_8)
                .build()));
        return request.post("/v1/imports").then();
    }

    static String taken(Shop shop, byte[] file, Map<String, String> form) {
        return send(shop, file, form).statusCode(202).extract().path("id");
    }

    static JsonPath finished(Shop shop, String id, Duration patience) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> show(shop, id).get("finishedAt") != null);
        JsonPath view = show(shop, id);
        assertThat(view.getString("state")).as(view.prettify()).isEqualTo("done");
        return view;
    }

    static JsonPath show(Shop shop, String id) {
        return shop.get("/v1/imports/" + id).statusCode(200).extract().jsonPath();
    }

    static String errors(Shop shop, String id) {
        return shop.get("/v1/imports/" + id + "/errors")
                .statusCode(200)
                .extract()
                .asString();
    }
}
