package io.regulars.kit;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Sandboxes;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTokens;
import io.regulars.embedded.TestTopics;
import io.regulars.events.ProductChanged;
import io.regulars.events.Topic;
import io.regulars.kit.outbox.Outbox;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

/// What every service gets from the kit, seen at the edge of the smallest one.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ServiceEdgeTest {

    @Inject
    Jdbi jdbi;

    @Inject
    KafkaClientService kafka;

    @Inject
    Outbox outbox;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"words\":\"a\"                  | 400 | not JSON",
                "[1]                               | 400 | not the JSON expected",
                "{\"wrods\":\"a\"}                 | 422 | wrods: unknown field; known are id, stars, words",
                "{\"words\":\"a\",\"stars\":\"x\"} | 422 | stars: \"x\" is not a whole number",
                "{\"words\":{\"a\":1}}             | 422 | words: must be a text",
            })
    void namesTheFieldThatIsWrong(String body, int status, String detail) {
        as(1).body(body)
                .post("/v1/notes")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail))
                .body("$", not(hasItem("stackTrace")));
    }

    @Test
    void refusesAStrangerAndAWrongRole() {
        given().get("/v1/notes").then().statusCode(401).contentType("application/problem+json");
        given().auth()
                .oauth2(TestTokens.bearer(1, "support"))
                .get("/v1/notes")
                .then()
                .statusCode(403);
    }

    @Test
    void theDatabaseItselfKeepsMerchantsApart() {
        add(11, "mine");
        add(12, "theirs");

        assertThat(notes(11)).contains("mine").doesNotContain("theirs");
        assertThat(notes(12)).contains("theirs").doesNotContain("mine");
        as(11).get("/v1/notes/role").then().body(equalTo("regulars_request"));
    }

    @Test
    void aReturnedConnectionIsTheOwnersAgain() {
        add(13, "one");

        List<String> roles = IntStream.range(0, 30)
                .mapToObj(ignored -> jdbi.withHandle(handle -> handle.createQuery("select current_user")
                        .mapTo(String.class)
                        .one()))
                .toList();

        assertThat(roles).doesNotContain("regulars_request");
    }

    @Test
    void doesTheSameRequestOnce() {
        String key = UUID.randomUUID().toString();

        String first = keyed(key, "{\"words\":\"once\"}")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        var second = keyed(key, "{\"words\":\"once\"}").then().statusCode(201);

        assertThat(second.extract().asString()).isEqualTo(first);
        second.header("Idempotent-Replayed", "true").header("Location", containsString("/v1/notes/"));
        assertThat(notes(14)).containsExactly("once");
        keyed(key, "{\"words\":\"other\"}")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("Idempotency-Key"));
    }

    @Test
    void aFailedRequestMayBeTriedAgainWithItsKey() {
        String key = UUID.randomUUID().toString();

        keyed(key, "{\"words\":\"far too long for the table\"}").then().statusCode(500);

        keyed(key, "{\"words\":\"short\"}").then().statusCode(201);
    }

    @Test
    void publishesWithTheTransaction() {
        add(15, "published");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(TestTopics.read(Topic.PRODUCTS, Duration.ofSeconds(5)))
                        .anySatisfy(event -> assertThat(event)
                                .isInstanceOfSatisfying(
                                        ProductChanged.class,
                                        product -> assertThat(product.name()).isEqualTo("published"))));
        await().untilAsserted(
                        () -> assertThat(count("select count(*) from outbox")).isZero());
    }

    @Test
    void setsPoisonAsideAndGoesOn() {
        TestTopics.publish(product(901, 1, "before"));
        TestTopics.publish(product(901, 2, "a name that the table refuses"));
        TestTopics.publish(product(901, 3, "after"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(count("select count(*) from note where merchant_id = 901"))
                        .isEqualTo(2));
    }

    @Test
    void aKilledReplicaIsMissedSoon() {
        var configuration = kafka.getConsumer("products").configuration();

        assertThat(configuration.get("session.timeout.ms")).hasToString("10000");
    }

    @Test
    void publishesTheLargestEventAndWhatComesAfterIt() {
        var largest = product(902, 1, noise(4_000_000));

        QuarkusTransaction.requiringNew().run(() -> outbox.publish(largest));
        QuarkusTransaction.requiringNew().run(() -> outbox.publish(product(902, 2, "after")));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(count("select count(*) from outbox")).isZero());
    }

    @Test
    void setsPoisonAsideThatTheDeadLetterTopicFindsTooLarge() throws Exception {
        limitDeadLetters("400000");
        try {
            TestTopics.publish(product(903, 1, noise(700_000)));
            TestTopics.publish(product(903, 2, "after"));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(count("select count(*) from note where merchant_id = 903"))
                            .isEqualTo(1));
        } finally {
            limitDeadLetters("9000000");
        }
    }

    private static void limitDeadLetters(String bytes) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, "regulars.products.dead");
        var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(Map.of("bootstrap.servers", Sandboxes.kafkaBootstrap()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
        }
    }

    /// Text that no compression makes smaller.
    private static String noise(int length) {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes).substring(0, length);
    }

    private static ProductChanged product(int merchant, int number, String name) {
        return new ProductChanged(merchant, 1, "code-" + number, name, null, null, null, List.of());
    }

    private long count(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static void add(int merchant, String words) {
        as(merchant)
                .body("{\"words\":\"" + words + "\"}")
                .post("/v1/notes")
                .then()
                .statusCode(201);
    }

    private static List<String> notes(int merchant) {
        return as(merchant)
                .get("/v1/notes")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("$");
    }

    private static io.restassured.response.Response keyed(String key, String body) {
        return as(14).header("Idempotency-Key", key).body(body).post("/v1/notes");
    }

    private static RequestSpecification as(int merchant) {
        return given().auth().oauth2(TestTokens.bearer(merchant, "owner")).contentType(ContentType.JSON);
    }
}
