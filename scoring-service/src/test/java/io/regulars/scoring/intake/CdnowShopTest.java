package io.regulars.scoring.intake;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTokens;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Line;
import io.regulars.events.OrderChanged.Status;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Roles;
import io.regulars.scoring.Cdnow;
import io.regulars.scoring.edge.Calibrated;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// A real shop of 2,357 customers and 6,919 orders; skipped where the data is not at hand.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class CdnowShopTest {

    private static final Logger LOG = Logger.getLogger(CdnowShopTest.class);
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final int MERCHANT = 1998;
    private static final Map<String, Integer> PUBLISHED =
            Map.of("111", 465, "110", 189, "101", 29, "100", 160, "011", 40, "010", 52, "001", 59, "000", 1363);

    @Inject
    Intake intake;

    @Inject
    Jdbi jdbi;

    @Test
    void theShopOf1998HasThePublishedGroupsHoweverItWasScored() throws IOException {
        assumeTrue(Files.exists(Cdnow.SAMPLE), "the CDNOW sample is not at hand");
        var orders = orders();
        apply(() -> intake.merchants(
                List.of(new MerchantChanged(MERCHANT, 1, "CDNOW", ZONE.getId(), "USD", "en", List.of()))));
        var begun = System.nanoTime();
        for (var from = 0; from < orders.size(); from += 500) {
            var batch = orders.subList(from, Math.min(from + 500, orders.size()));
            apply(() -> intake.orders(batch));
        }
        LOG.infof("orders scored: %d in %d ms", orders.size(), (System.nanoTime() - begun) / 1_000_000);

        var simulated = simulate();

        assertThat(simulated.getInt("customers")).isEqualTo(2357);
        assertThat(simulated.getString("cutPoints.recencyDays")).isEqualTo("372.5639");
        assertThat(simulated.getString("cutPoints.frequency")).isEqualTo("2.9355");
        assertThat(simulated.getString("cutPoints.monetary")).isEqualTo("103.5604");
        assertThat(groups(simulated)).isEqualTo(PUBLISHED);
        assertThat(simulated.getDouble("cycle.pooledMedianDays")).isEqualTo(34);
        assertThat(simulated.getDouble("cycle.customersMedianDays")).isEqualTo(60);
        Calibrated.anew(jdbi, MERCHANT);
        recompute(false);
        var byEvents = scores();
        recompute(true);
        assertThat(scores()).isEqualTo(byEvents).hasSize(2357);
        assertThat(groups(simulate())).isEqualTo(PUBLISHED);
        apply(() -> intake.orders(orders));
        assertThat(scores()).isEqualTo(byEvents);
        meetsThePublishedFits();
    }

    /// Of the 39 weeks that the papers learn from, and the 39 after them.
    private static void meetsThePublishedFits() {
        var fit = fit("{\"asOf\": \"1997-09-30T12:00:00Z\"}");
        assertThat(fit.getInt("buyers")).isEqualTo(2357);
        assertThat(fit.getDouble("purchases.r")).isCloseTo(0.2425945, within(1e-6));
        assertThat(fit.getDouble("purchases.alpha")).isCloseTo(4.4136019, within(1e-5));
        assertThat(fit.getDouble("purchases.a")).isCloseTo(0.7929199, within(1e-5));
        assertThat(fit.getDouble("purchases.b")).isCloseTo(2.4258881, within(1e-4));
        assertThat(fit.getDouble("purchases.logLikelihood")).isCloseTo(-9582.429, within(0.0011));
        assertThat(fit.getInt("spending.buyers")).isEqualTo(946);
        assertThat(fit.getDouble("spending.p")).isCloseTo(6.25, within(0.005));
        assertThat(fit.getDouble("spending.q")).isCloseTo(3.74, within(0.005));
        assertThat(fit.getDouble("spending.v")).isCloseTo(15.44, within(0.005));
        assertThat(fit.getDouble("spending.logLikelihood")).isCloseTo(-4055.92, within(0.0051));
        assertThat(fit.getList("weeks").size()).isGreaterThan(39);
        assertThat(fit.getList("weeks.learned").stream().filter(Boolean.TRUE::equals))
                .hasSize(39);

        var used = fit("{}");
        assertThat(used.getString("later")).isNull();
        var customer = request()
                .get("/v1/forecasts/" + PublicId.format("cus", 4) + "?horizon=P273D")
                .then()
                .statusCode(200);
        customer.body("lifetime.basis", equalTo("shop"))
                .body("lifetime.fit", equalTo(used.getString("id")))
                .body("lifetime.horizonDays", equalTo(273));
    }

    private static JsonPath fit(String body) {
        var id = request()
                .body(body)
                .post("/v1/forecast-fits")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("id");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(request()
                                .get("/v1/forecast-fits/" + id)
                                .then()
                                .extract()
                                .<String>path("state"))
                        .isEqualTo("done"));
        return request().get("/v1/forecast-fits/" + id).jsonPath();
    }

    private static void apply(Runnable write) {
        QuarkusTransaction.requiringNew().timeout(300).run(write);
    }

    private static List<OrderChanged> orders() throws IOException {
        var orders = new ArrayList<OrderChanged>();
        for (var text : Files.readAllLines(Cdnow.SAMPLE)) {
            var fields = text.strip().split("\\s+");
            var at = LocalDate.parse(fields[2], DateTimeFormatter.BASIC_ISO_DATE)
                    .atStartOfDay(ZONE)
                    .toInstant();
            var cents = new BigDecimal(fields[4]).movePointRight(2).longValueExact();
            var quantity = Long.parseLong(fields[3]);
            var id = orders.size() + 1L;
            orders.add(new OrderChanged(
                    MERCHANT,
                    id,
                    1,
                    "o" + id,
                    Long.parseLong(fields[0]),
                    Status.PAID,
                    at,
                    "USD",
                    null,
                    false,
                    List.of(new Line(1, null, null, null, quantity, cents, quantity, cents)),
                    List.of(),
                    true));
        }
        return orders;
    }

    private static JsonPath simulate() {
        var begun = System.nanoTime();
        var simulated = request()
                .body("{\"asOf\": \"1998-07-01T12:00:00Z\", \"window\": \"P20Y\"}")
                .post("/v1/simulations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        LOG.infof("simulated in %d ms", (System.nanoTime() - begun) / 1_000_000);
        return simulated;
    }

    private static Map<String, Integer> groups(JsonPath simulated) {
        return simulated.<Map<String, Object>>getList("groups").stream()
                .collect(Collectors.toMap(
                        group -> (String) group.get("key"), group -> (Integer) group.get("customers")));
    }

    private static void recompute(boolean rebuild) {
        var job = request()
                .body("{\"rebuild\": %b}".formatted(rebuild))
                .post("/v1/recomputes")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("id");
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(request()
                                .get("/v1/recomputes/" + job)
                                .then()
                                .extract()
                                .<String>path("state"))
                        .isEqualTo("done"));
    }

    /// Every score but its version and when it was scored.
    private static Map<Object, Object> scores() {
        var scores = new java.util.HashMap<Object, Object>();
        String cursor = null;
        do {
            var page = request()
                    .queryParam("limit", 1000)
                    .queryParam("cursor", cursor == null ? "" : cursor)
                    .get("/v1/scores")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            page.<Map<String, Object>>getList("items").forEach(item -> {
                item.remove("version");
                item.remove("scoredAt");
                scores.put(item.get("customerId"), item);
            });
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return scores;
    }

    private static RequestSpecification request() {
        return given().header("Authorization", "Bearer " + TestTokens.bearer(MERCHANT, Roles.OWNER))
                .contentType("application/json");
    }
}
