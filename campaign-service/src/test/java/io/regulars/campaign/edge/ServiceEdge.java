package io.regulars.campaign.edge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.regulars.embedded.Mail;
import io.regulars.embedded.Sandboxes;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.Sms;
import io.regulars.embedded.TestTokens;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.time.ShiftableClock;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.hamcrest.Matchers.is;

/// The running service with Kafka, PostgreSQL, mail and SMS around it; each test has a shop of its own, without
/// guardrails.
@QuarkusTestResource(ServiceTestResource.class)
abstract class ServiceEdge {

    private static final AtomicInteger SHOPS = new AtomicInteger(1_000);

    @Inject
    ShiftableClock clock;

    @Inject
    Jdbi jdbi;

    TestShop shop;

    @BeforeEach
    void openShop() {
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
        Sandboxes.mail().clear();
        Sandboxes.sms().clear();
        shop = new TestShop(SHOPS.incrementAndGet(), clock);
        shop.open();
        put("/v1/guardrails", "{}").statusCode(200);
        eventually(() ->
                jdbi.withHandle(handle -> handle.createQuery("select count(*) from shop where merchant_id = :m")
                                .bind("m", shop.merchant())
                                .mapTo(Integer.class)
                                .one())
                        == 1);
    }

    @AfterEach
    void resetClock() {
        clock.reset();
        // Kafka refuses records from the future, and they would hold up those of the next test
        jdbi.useHandle(handle -> handle.createUpdate("delete from outbox where event_time > :now")
                .bind("now", clock.instant())
                .execute());
    }

    RequestSpecification as(String... roles) {
        return as(shop.merchant(), roles);
    }

    static RequestSpecification as(int merchant, String... roles) {
        return RestAssured.given()
                .auth()
                .oauth2(TestTokens.bearer(merchant, roles))
                .contentType(ContentType.JSON);
    }

    ValidatableResponse get(String path, Object... parameters) {
        return as(Roles.OWNER).get(path, parameters).then();
    }

    ValidatableResponse post(String path, String body, Object... parameters) {
        return as(Roles.OWNER).body(body).post(path, parameters).then();
    }

    ValidatableResponse put(String path, String body) {
        return as(Roles.OWNER).body(body).put(path).then();
    }

    /// A campaign with these steps, switched on.
    String activate(String trigger, String... steps) {
        return activateAs("""
                {"name": "test", "trigger": %s, "steps": [%s]}""".formatted(trigger, String.join(",", steps)));
    }

    String activateAs(String definition) {
        String id = post("/v1/campaigns", definition).statusCode(201).extract().path("id");
        post("/v1/campaigns/{k}/activate", "{}", id).statusCode(200).body("state", is("active"));
        return id;
    }

    static String send(String channel, String text) {
        String subject = "sms".equals(channel) ? "" : "\"subject\": \"您好\",";
        return """
                {"type": "send", "channel": "%s", "template": {%s "text": "%s"}}""".formatted(channel, subject, text);
    }

    List<Sms> smsTo(long customer) {
        return Sandboxes.sms().receivedBy(shop.phone(customer));
    }

    List<Mail> mailTo(long customer) {
        return Sandboxes.mail().received().stream()
                .filter(mail -> mail.to().equals(shop.email(customer)))
                .toList();
    }

    /// None while the customer is not known yet.
    List<Map<String, Object>> messages(long customer) {
        var answer = as(Roles.OWNER).get("/v1/messages?customer=ext:u" + customer);
        return answer.statusCode() == 404 ? List.of() : answer.path("items");
    }

    boolean allAre(long customer, int count, String state) {
        List<Map<String, Object>> messages = messages(customer);
        return messages.size() == count
                && messages.stream().allMatch(message -> message.get("state").equals(state));
    }

    String stateOf(long customer) {
        List<Map<String, Object>> messages = messages(customer);
        return messages.size() == 1 ? String.valueOf(messages.getFirst().get("state")) : messages.size() + " messages";
    }

    String reasonOf(long customer) {
        return String.valueOf(messages(customer).getFirst().get("reason"));
    }

    void known(long... customers) {
        for (long customer : customers) {
            eventually(() -> as(Roles.OWNER)
                            .get("/v1/decisions?customer=ext:u" + customer)
                            .statusCode()
                    == 200);
        }
    }

    /// One figure of this shop's, which the query names `:m`.
    int number(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("m", shop.merchant())
                .mapTo(Integer.class)
                .one());
    }

    /// Customers with a phone and their consent, as many rows at once as a test of a large round needs.
    void fill(int customers) {
        fill(1, customers);
    }

    void fill(int first, int last) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into audience (merchant_id, customer_id, profile_version, external_id, name, region, phone,
                          sms_consent)
                        select :m, i, 1, 'u' || i, '张', 'r' || i,
                          '+861' || lpad((:m::bigint * 10000 + i)::text, 10, '0'), true
                        from generate_series(:first, :last) i""")
                .bind("m", shop.merchant())
                .bind("first", first)
                .bind("last", last)
                .execute());
    }

    static void eventually(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    /// It stays so for a while, in which anything that was to happen would have.
    static void stays(Callable<Boolean> condition) {
        Awaitility.await()
                .during(Duration.ofMillis(1_500))
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }
}
