package io.regulars.customer.access;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTokens;
import io.restassured.response.ValidatableResponse;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class TokensTest {

    @Test
    void aClientGetsATokenThatThePublishedKeysVerify() throws Exception {
        Shop shop = Shop.inChina();

        String token = given().auth()
                .preemptive()
                .basic(shop.clientId(), shop.clientSecret())
                .formParam("grant_type", "client_credentials")
                .post("/oauth/token")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900))
                .extract()
                .path("access_token");

        JwtClaims claims = verified(token);
        assertThat(claims.getSubject()).isEqualTo(shop.clientId());
        assertThat(claims.getClaimValue("merchant", Long.class)).isEqualTo(shop.merchant());
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("integration");
    }

    @Test
    void aUserLogsInWithAPassword() throws Exception {
        Shop shop = Shop.inChina();

        String token = login(shop.ownerEmail().toUpperCase(Locale.ROOT), Shop.PASSWORD)
                .statusCode(200)
                .extract()
                .path("access_token");

        assertThat(verified(token).getStringListClaimValue("groups")).containsExactly("owner");
    }

    @Test
    void theOperatorComesWithTheSecretOfTheConfiguration() throws Exception {
        String token = given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "operator")
                .formParam("client_secret", "test-operator-secret")
                .post("/oauth/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");

        assertThat(verified(token).getStringListClaimValue("groups")).containsExactly("operator");
        assertThat(verified(token).hasClaim("merchant")).isFalse();
    }

    @Test
    void wrongCredentialsAreRefusedInTheWordsOfTheStandard() {
        Shop shop = Shop.inChina();

        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", shop.clientId())
                .formParam("client_secret", "guess")
                .post("/oauth/token")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
        login("nobody@example.com", "guess").statusCode(400).body("error", equalTo("invalid_grant"));
        given().formParam("grant_type", "implicit")
                .post("/oauth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("unsupported_grant_type"));
        given().contentType("application/x-www-form-urlencoded")
                .post("/oauth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void guessingAPasswordIsSlowedDownAndTheRightOneMustWaitToo() {
        Shop shop = Shop.inChina();
        for (int i = 0; i < 6; i++) {
            login(shop.ownerEmail(), "guess " + i).statusCode(400);
        }

        login(shop.ownerEmail(), Shop.PASSWORD)
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("error", equalTo("slow_down"));
    }

    @Test
    void discoveryNamesWhereTheKeysAre() {
        given().get("/.well-known/openid-configuration")
                .then()
                .statusCode(200)
                .body("issuer", equalTo(TestTokens.ISSUER))
                .body("jwks_uri", equalTo(TestTokens.ISSUER + "/.well-known/jwks.json"));
        given().get("/.well-known/jwks.json")
                .then()
                .body("keys", hasSize(1))
                .body("keys[0].kty", equalTo("RSA"))
                .body("keys[0].d", nullValue());
    }

    @Test
    void noTokenAndAnExpiredOneAreRefused() {
        Shop shop = Shop.inChina();

        given().get("/v1/customers").then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.expired(shop.merchant(), "owner"))
                .get("/v1/customers")
                .then()
                .statusCode(401);
        shop.as("integration").get("/v1/users").then().statusCode(403);
        shop.as("analyst")
                .body("{\"externalId\": \"u\"}")
                .post("/v1/customers")
                .then()
                .statusCode(403);
    }

    @Test
    void anOwnerManagesUsers() {
        Shop shop = Shop.inChina();
        String email = "mei-" + shop.merchant() + "@example.com";
        String user = """
                {"email": "%s", "name": "Han Meimei", "roles": ["marketer"], "password": "correct horse"}""".formatted(email);

        String id = shop.as("owner")
                .body(user)
                .post("/v1/users")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        shop.as("owner").body(user).post("/v1/users").then().statusCode(409);
        login(email, "correct horse").statusCode(200);
        shop.as("owner")
                .body("{\"name\": \"Han\", \"roles\": [\"support\"], \"disabled\": true}")
                .put("/v1/users/" + id)
                .then()
                .statusCode(200)
                .body("roles", equalTo(List.of("support")));
        login(email, "correct horse").statusCode(400);
        shop.get("/v1/users").body("items", hasSize(2)).body("items.email", hasItem(email));
        shop.as("owner").delete("/v1/users/" + id).then().statusCode(204);
        shop.get("/v1/users/" + id).statusCode(404);
    }

    @Test
    void theLastOwnerStays() {
        Shop shop = Shop.inChina();
        String owner = shop.get("/v1/users").extract().path("items[0].id");

        shop.as("owner").delete("/v1/users/" + owner).then().statusCode(409);
        shop.as("owner")
                .body("{\"name\": \"W\", \"roles\": [\"analyst\"]}")
                .put("/v1/users/" + owner)
                .then()
                .statusCode(409);
    }

    @Test
    void anOwnerManagesClients() {
        Shop shop = Shop.inChina();

        var made = shop.as("owner")
                .body("{\"name\": \"ERP\", \"roles\": [\"integration\"]}")
                .post("/v1/clients")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        String id = made.getString("clientId");
        client(id, made.getString("clientSecret")).statusCode(200);
        String renewed = shop.as("owner")
                .post("/v1/clients/" + id + "/secret")
                .then()
                .statusCode(200)
                .extract()
                .path("clientSecret");
        client(id, made.getString("clientSecret")).statusCode(401);
        client(id, renewed).statusCode(200);
        shop.as("owner").delete("/v1/clients/" + id).then().statusCode(204);
        client(id, renewed).statusCode(401);
        shop.get("/v1/clients").body("items", hasSize(1)).body("items[0].clientSecret", nullValue());
    }

    @Test
    void aMerchantIsMadeOnceAndItsSecretToldAgain() {
        String key = UUID.randomUUID().toString();
        String body = """
                {"name": "x", "timeZone": "Asia/Shanghai", "currency": "CNY", "locale": "zh-CN",
                 "owner": {"email": "%s@example.com", "password": "correct horse", "name": "x"}}""".formatted(key);
        var first = merchant(key, body).statusCode(201).extract();

        var second = merchant(key, body).statusCode(201);

        assertThat(second.extract().asString()).isEqualTo(first.asString());
        second.header("Idempotent-Replayed", "true").header("Cache-Control", "no-store");
        client(first.path("client.clientId"), second.extract().path("client.clientSecret"))
                .statusCode(200);
        merchant(key, body.replace("correct horse", "another horse")).statusCode(422);
    }

    @Test
    void usersAndClientsAreMadeOnceAndASecretIsRenewedOnce() {
        Shop shop = Shop.inChina();
        String user = """
                {"email": "once-%d@example.com", "name": "x", "roles": ["marketer"], "password": "correct horse"}""".formatted(shop.merchant());

        sameTwice(shop, "/v1/users", user, 201);
        String made = sameTwice(shop, "/v1/clients", "{\"name\": \"ERP\", \"roles\": [\"integration\"]}", 201)
                .extract()
                .path("clientId");
        var renewed = sameTwice(shop, "/v1/clients/" + made + "/secret", "", 200);

        renewed.header("Cache-Control", "no-store");
        client(made, renewed.extract().path("clientSecret")).statusCode(200);
        shop.get("/v1/users").body("items", hasSize(2));
        shop.get("/v1/clients").body("items", hasSize(2));
        shop.as("owner").post("/v1/clients/" + made + "/secret").then().header("Cache-Control", "no-store");
    }

    @Test
    void whatIsWrongWithAMerchantIsSaidAllAtOnce() {
        given().auth()
                .oauth2(TestTokens.bearerWithoutMerchant("operator"))
                .contentType("application/json")
                .body("""
                        {"name": "", "timeZone": "Mars/Olympus", "currency": "XXX", "locale": "zh-CN",
                         "owner": {"email": "nobody", "password": "short", "name": "x"}}""")
                .post("/v1/merchants")
                .then()
                .statusCode(422)
                .body(
                        "violations.field",
                        equalTo(List.of("name", "timeZone", "currency", "owner.email", "owner.password")));
    }

    private static ValidatableResponse sameTwice(Shop shop, String path, String body, int status) {
        String key = UUID.randomUUID().toString();
        var first = shop.as("owner")
                .header("Idempotency-Key", key)
                .body(body)
                .post(path)
                .then()
                .statusCode(status)
                .extract();
        var second = shop.as("owner")
                .header("Idempotency-Key", key)
                .body(body)
                .post(path)
                .then()
                .statusCode(status)
                .header("Idempotent-Replayed", "true");
        assertThat(second.extract().asString()).isEqualTo(first.asString());
        assertThat(second.extract().header("Location")).isEqualTo(first.header("Location"));
        return second;
    }

    private static ValidatableResponse merchant(String key, String body) {
        return given().auth()
                .oauth2(TestTokens.bearerWithoutMerchant("operator"))
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/merchants")
                .then();
    }

    private static ValidatableResponse login(String email, String password) {
        return given().formParam("grant_type", "password")
                .formParam("username", email)
                .formParam("password", password)
                .post("/oauth/token")
                .then();
    }

    private static ValidatableResponse client(String id, String secret) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", id)
                .formParam("client_secret", secret)
                .post("/oauth/token")
                .then();
    }

    private static JwtClaims verified(String token) throws Exception {
        String keys = given().get("/.well-known/jwks.json").asString();
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
                .setExpectedIssuer(TestTokens.ISSUER)
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }
}
