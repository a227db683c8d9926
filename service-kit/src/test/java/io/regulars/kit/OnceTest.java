package io.regulars.kit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTokens;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/// Requests that are done once although they hold secrets, or files.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class OnceTest {

    private static final String PASSWORD = "correct horse";

    @Inject
    Jdbi jdbi;

    private final String key = UUID.randomUUID().toString();

    @Test
    void aSecretIsToldAgainToWhoKnowsTheKey() {
        String first = voucher(21, PASSWORD).then().statusCode(200).extract().asString();

        Response second = voucher(21, PASSWORD);

        assertThat(second.asString()).isEqualTo(first);
        second.then()
                .statusCode(200)
                .header("Idempotent-Replayed", "true")
                .header("Cache-Control", "no-store")
                .contentType("application/json");
        assertThat(notes(21)).isEqualTo(1);
    }

    @Test
    void nothingOfASecretCanBeReadInTheDatabase() throws Exception {
        String secret = voucher(22, PASSWORD).then().statusCode(200).extract().path("secret");

        String rows = jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(json_agg(k)::text, '') from idempotency_key k where merchant_id = 22")
                .mapTo(String.class)
                .one());

        byte[] plainHash = MessageDigest.getInstance("SHA-256")
                .digest("[{\"password\":\"%s\"}]".formatted(PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(rows)
                .contains("POST /v1/vouchers")
                .doesNotContain(key)
                .doesNotContain(secret)
                .doesNotContain("secret")
                .doesNotContain(HexFormat.of().formatHex(plainHash));
    }

    @Test
    void anotherPasswordWithTheSameKeyIsRefused() {
        voucher(23, PASSWORD).then().statusCode(200);

        voucher(23, "another horse").then().statusCode(422).body("violations[0].field", equalTo("Idempotency-Key"));
    }

    @Test
    void theSameKeyOfAnotherMerchantTellsNothing() {
        String mine = voucher(24, PASSWORD).then().statusCode(200).extract().path("secret");

        String theirs = voucher(25, PASSWORD).then().statusCode(200).extract().path("secret");

        assertThat(theirs).isNotEqualTo(mine);
    }

    @Test
    void aFileIsTakenOnceAndEveryByteAndFieldOfItCounts() {
        byte[] bytes = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
        String first = file("x.csv", bytes, "w").statusCode(200).extract().asString();

        var second = file("x.csv", bytes, "w").statusCode(200).header("Idempotent-Replayed", "true");

        assertThat(second.extract().asString()).isEqualTo(first);
        assertThat(notes(26)).isEqualTo(1);
        file("x.csv", "a,b\n1,3\n".getBytes(StandardCharsets.UTF_8), "w").statusCode(422);
        file("x.csv", bytes, "v").statusCode(422);
        file("y.csv", bytes, "w").statusCode(422);
    }

    private Response voucher(int merchant, String password) {
        return given().auth()
                .oauth2(TestTokens.bearer(merchant, "owner"))
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body("{\"password\":\"" + password + "\"}")
                .post("/v1/vouchers");
    }

    private ValidatableResponse file(String name, byte[] bytes, String words) {
        return given().auth()
                .oauth2(TestTokens.bearer(26, "owner"))
                .header("Idempotency-Key", key)
                .multiPart("file", name, bytes)
                .multiPart("words", words)
                .post("/v1/vouchers/file")
                .then();
    }

    private long notes(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from note where merchant_id = :m")
                .bind("m", merchant)
                .mapTo(Long.class)
                .one());
    }
}
