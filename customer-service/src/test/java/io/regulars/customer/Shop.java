package io.regulars.customer;

import java.util.Map;
import java.util.UUID;

import io.regulars.embedded.TestTokens;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Roles;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static io.restassured.RestAssured.given;

/// A fresh merchant of one test, and its ways in.
public record Shop(int merchant, String ownerEmail, String clientId, String clientSecret) {

    public static final String PASSWORD = "correct horse battery";

    public static Shop inChina() {
        return open("小棉袄母婴", "Asia/Shanghai", "CNY", "zh-CN");
    }

    public static Shop inBritain() {
        return open("Gift shop", "Europe/London", "GBP", "en-GB");
    }

    private static Shop open(String name, String zone, String currency, String locale) {
        String email = "owner-" + UUID.randomUUID() + "@example.com";
        var made = given().auth()
                .oauth2(TestTokens.bearerWithoutMerchant(Roles.OPERATOR))
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "name", name,
                        "timeZone", zone,
                        "currency", currency,
                        "locale", locale,
                        "owner", Map.of("email", email, "password", PASSWORD, "name", "王掌柜")))
                .post("/v1/merchants")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        int merchant = (int) PublicId.parse("mer", made.getString("id")).orElseThrow();
        return new Shop(merchant, email, made.getString("client.clientId"), made.getString("client.clientSecret"));
    }

    /// A request of the shop's system.
    public RequestSpecification system() {
        return as(Roles.INTEGRATION);
    }

    public RequestSpecification as(String... roles) {
        return given().auth().oauth2(TestTokens.bearer(merchant, roles)).contentType(ContentType.JSON);
    }

    public ValidatableResponse post(String path, String json) {
        return system().body(json).post(path).then();
    }

    public ValidatableResponse get(String path) {
        return as(Roles.OWNER).get(path).then();
    }

    public void customer(String externalId) {
        post("/v1/customers", "{\"externalId\": \"%s\"}".formatted(externalId)).statusCode(201);
    }
}
