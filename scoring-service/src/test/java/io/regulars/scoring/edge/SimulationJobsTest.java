package io.regulars.scoring.edge;

import java.util.ArrayList;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Roles;
import io.regulars.scoring.Halt;
import io.restassured.path.json.JsonPath;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
class SimulationJobsTest extends EdgeTest {

    private static final String GUESTS_AND_BUYERS = """
            {"tiering": {"window": "P365D", "grace": "P30D",
              "recency": {"weight": 0, "bins": []},
              "frequency": {"weight": 1, "bins": [{"atLeast": 1, "points": 10}]},
              "monetary": {"weight": 0, "bins": []},
              "ladder": [
                {"key": "guest", "labels": {"zh": "访客", "en": "Guest"}, "from": 0},
                {"key": "buyer", "labels": {"zh": "买家", "en": "Buyer"}, "from": 10}]}}
            """;

    private static final String RUNS = """
            insert into simulation (merchant_id, model_version, definition, as_of, state, requested_at, attempts)
            select merchant_id, version, definition, now(), 'running', now(), :attempts from model
            where merchant_id = :merchant and version = 1
            returning simulation_id
            """;

    private static final String MANY = """
            insert into history (merchant_id, customer_id, created_at)
            select ?, c, '2025-01-01' from generate_series(1, 22100) c
            """;

    /// The last of them, who had a tier that there is no more.
    private static final String MOVING = """
            insert into score (merchant_id, customer_id, version, model_version, scored_at, frequency, monetary, tier,
              tier_rank, stage, open_windows, tier_seq, group_seq, stage_seq)
            select ?, c, 1, 1, now(), 0, 0, 'former', 0, 'prospect', '', 1, 0, 1 from generate_series(20001, 22100) c
            """;

    @Inject
    Jdbi jdbi;

    @Inject
    Scheduler scheduler;

    @AfterEach
    void goOn() {
        scheduler.resume("simulations");
    }

    @Test
    void aModelThatIsTriedSaysWhatASimulationSaysAndWhoWouldMove() {
        clock.shiftTo(NOON);
        var shop = shop();
        var before = get(shop, "scores").getList("items.tier");
        var draft = draft(shop, GUESTS_AND_BUYERS);

        var job = ended(shop, ask(shop, draft, "{\"asOf\": \"%s\", \"window\": \"P2Y\"}".formatted(NOON)));

        assertThat(job.getString("state")).isEqualTo("done");
        assertThat(job.getString("model")).isEqualTo(draft);
        assertThat(job.getInt("done")).isEqualTo(5);
        assertThat(job.getInt("total")).isEqualTo(5);
        var atOnce = as(shop).body("{\"asOf\": \"%s\", \"window\": \"P2Y\", \"definition\": %s}"
                        .formatted(NOON, GUESTS_AND_BUYERS))
                .post("/v1/simulations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(job.getMap("result")).isEqualTo(atOnce.getMap("$"));
        assertThat(job.getList("result.tiers.customers")).containsExactly(2, 3);

        var path = "simulations/" + job.getString("id") + "/scores";
        assertThat(get(shop, path).getList("items.externalId")).containsExactly("c1", "c2", "c3", "c4", "c5");
        assertThat(get(shop, path + "?to=buyer").getList("items.customerId"))
                .containsExactly("cus_1", "cus_2", "cus_3");
        var from = get(shop, path).getString("items[0].from");
        assertThat(get(shop, path + "?to=buyer&from=" + from).getList("items.externalId"))
                .contains("c1");
        assertThat(get(shop, path + "?from=guest").getList("items")).isEmpty();
        assertThat(get(shop, "scores").getList("items.tier")).isEqualTo(before);
    }

    @Test
    void whoWouldMoveComesPageByPageAndAsATable() {
        clock.shiftTo(NOON);
        var shop = shop();
        var job = ended(shop, ask(shop, draft(shop, GUESTS_AND_BUYERS), "{}"));
        var path = "simulations/" + job.getString("id") + "/scores";
        jdbi.useHandle(handle -> handle.execute(
                "update history set erased = true where merchant_id = ? and customer_id = 2", shop.merchant));

        var first = get(shop, path + "?to=buyer&limit=1");
        var second = get(shop, path + "?to=buyer&limit=1&cursor=" + first.getString("nextCursor"));
        var table = as(shop).accept("text/csv")
                .get("/v1/" + path + "?to=buyer&limit=1")
                .then()
                .statusCode(200)
                .header("Link", containsString("rel=\"next\""))
                .extract()
                .asString();

        assertThat(first.getList("items.externalId")).containsExactly("c1");
        assertThat(second.getList("items.externalId")).containsExactly("c3");
        assertThat(second.getString("nextCursor")).isNull();
        assertThat(table)
                .startsWith("customerId,externalId,from,to\r\ncus_1,c1,")
                .endsWith(",buyer\r\n");
    }

    @Test
    void aJobGoesByTheRulesAsTheyStoodWhenItWasAskedFor() {
        clock.shiftTo(NOON);
        var shop = shop();
        var draft = draft(shop, GUESTS_AND_BUYERS);
        Halt.of(scheduler, "simulations", "SimulationRunner");
        var job = ask(shop, draft, "{}");
        as(shop).get("/v1/simulations/" + job + "/scores")
                .then()
                .statusCode(409)
                .body("detail", containsString("the simulation is queued"));

        as(shop).body("{\"name\": \"shipped\", \"definition\": {}}")
                .put("/v1/models/" + draft)
                .then()
                .statusCode(200);
        scheduler.resume("simulations");

        assertThat(ended(shop, job).getList("result.tiers.key")).containsExactly("guest", "buyer");
    }

    @Test
    void whatAReplicaLeftIsMadeByAnotherAndAtLastGivenUp() {
        clock.shiftTo(NOON);
        var shop = shop();
        var left = runs(shop, 1);
        var broken = runs(shop, 5);

        assertThat(ended(shop, left).getString("state")).isEqualTo("done");
        assertThat(ended(shop, broken).getString("state")).isEqualTo("failed");
        assertThat(get(shop, "simulations/" + broken).getString("problem")).contains("broke off 5 times");
    }

    @Test
    void howFarItIsShowsWhileItRuns() {
        clock.shiftTo(NOON);
        var shop = bigShop();
        var job = new String[1];

        QuarkusTransaction.requiringNew().run(() -> {
            // who would move waits to be written down
            jdbi.useHandle(handle -> handle.execute("lock table simulation_move in exclusive mode"));
            job[0] = ask(shop, "mdl_1", "{}");
            eventually(() -> assertThat(get(shop, "simulations/" + job[0]).getLong("done"))
                    .isEqualTo(20_000));
            assertThat(get(shop, "simulations/" + job[0]).getLong("total")).isEqualTo(22_100);
            assertThat(get(shop, "simulations/" + job[0]).getString("state")).isEqualTo("running");
            as(shop).get("/v1/simulations/" + job[0] + "/scores").then().statusCode(409);
        });

        assertThat(ended(shop, job[0]).getLong("done")).isEqualTo(22_100);
        assertThat(number("select count(*) from simulation_move where merchant_id = :m", shop))
                .isEqualTo(2_100);
    }

    @Test
    void oneThatIsCancelledWhileItRunsLeavesNothing() {
        clock.shiftTo(NOON);
        var shop = bigShop();
        var job = new String[1];

        QuarkusTransaction.requiringNew().run(() -> {
            jdbi.useHandle(handle -> handle.execute("lock table simulation_move in exclusive mode"));
            job[0] = ask(shop, "mdl_1", "{}");
            eventually(() -> assertThat(get(shop, "simulations/" + job[0]).getLong("done"))
                    .isEqualTo(20_000));
            as(shop).delete("/v1/simulations/" + job[0]).then().statusCode(200);
        });

        assertThat(ended(shop, job[0]).getString("state")).isEqualTo("cancelled");
        assertThat(number("select count(*) from simulation_move where merchant_id = :m", shop))
                .isZero();
        as(shop).delete("/v1/simulations/" + job[0])
                .then()
                .statusCode(409)
                .body("detail", equalTo("the simulation is cancelled"));
    }

    @Test
    void oneThatIsCancelledWhileItWaitsIsNotBegun() {
        clock.shiftTo(NOON);
        var shop = shop();
        Halt.of(scheduler, "simulations", "SimulationRunner");
        var job = ask(shop, "mdl_1", "{}");
        as(shop).delete("/v1/simulations/" + job).then().statusCode(200);
        scheduler.resume("simulations");

        assertThat(ended(shop, job).getString("state")).isEqualTo("cancelled");
        assertThat(get(shop, "simulations/" + job).getString("startedAt")).isNull();
    }

    @Test
    void onlyTheLatestAreKept() {
        clock.shiftTo(NOON);
        var shop = shop();
        var draft = draft(shop, GUESTS_AND_BUYERS);
        var jobs = new ArrayList<String>();
        for (var i = 0; i < 12; i++) {
            jobs.add(ask(shop, draft, "{}"));
            ended(shop, jobs.getLast());
        }

        Halt.of(scheduler, "simulations", "SimulationRunner");
        var unwanted = ask(shop, draft, "{}");
        as(shop).delete("/v1/simulations/" + unwanted).then().statusCode(200);
        scheduler.resume("simulations");
        assertThat(ended(shop, unwanted).getString("state")).isEqualTo("cancelled");

        assertThat(get(shop, "simulations").getList("items")).hasSize(10);
        as(shop).get("/v1/simulations/" + jobs.getFirst()).then().statusCode(404);
        assertThat(number("select count(distinct simulation_id) from simulation_move where merchant_id = :m", shop))
                .isEqualTo(9);
    }

    @Test
    void tooManyAtOnceAreRefused() {
        clock.shiftTo(NOON);
        var shop = shop();
        Halt.of(scheduler, "simulations", "SimulationRunner");
        for (var i = 0; i < 5; i++) {
            ask(shop, "mdl_1", "{}");
        }

        as(shop).body("{}")
                .post("/v1/models/mdl_1/simulations")
                .then()
                .statusCode(409)
                .body("detail", equalTo("5 simulations wait or run already"));
    }

    @Test
    void whatCannotBeTriedIsRefused() {
        clock.shiftTo(NOON);
        var shop = shop();
        var wrong = draft(shop, "{}");
        // from a time at which this was right
        jdbi.useHandle(handle -> handle.execute("""
                update model set definition = '{"lifecycle": {"newFor": "P3M", "sleepAfterDays": 0,
                  "sleepAfterCycles": 1, "lostAfter": 3, "cycle": "customers"}}'
                where merchant_id = ? and state = 'draft'
                """, shop.merchant));

        as(shop).body("{}")
                .post("/v1/models/" + wrong + "/simulations")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("lifecycle.sleepAfterDays"));
        as(shop).body("{\"window\": \"P0D\"}")
                .post("/v1/models/mdl_1/simulations")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("window"));
        as(shop).body("{}").post("/v1/models/mdl_77/simulations").then().statusCode(404);
        as(shop, Roles.SUPPORT)
                .body("{}")
                .post("/v1/models/mdl_1/simulations")
                .then()
                .statusCode(403);
        as(shop).get("/v1/simulations").then().body("items", hasSize(0));
    }

    @Test
    void merchantsDoNotSeeEachOthersSimulations() {
        clock.shiftTo(NOON);
        var shop = shop();
        var other = Shop.open();
        eventually(() -> assertThat(get(other, "models").getList("items")).hasSize(1));
        var draft = draft(shop, GUESTS_AND_BUYERS);
        var job = ask(shop, draft, "{}");
        ended(shop, job);

        as(other).get("/v1/simulations/" + job).then().statusCode(404);
        as(other).delete("/v1/simulations/" + job).then().statusCode(404);
        as(other).get("/v1/simulations/" + job + "/scores").then().statusCode(404);
        as(other).body("{}").post("/v1/models/" + draft + "/simulations").then().statusCode(404);
        assertThat(get(other, "simulations").getList("items")).isEmpty();
    }

    /// Three who bought and two who never did.
    private static Shop shop() {
        var shop = Shop.open();
        for (var customer = 1; customer <= 5; customer++) {
            shop.customer(customer);
        }
        for (var customer = 1; customer <= 3; customer++) {
            shop.order(customer, customer)
                    .at(NOON)
                    .line("A", 1, 50_00 * customer)
                    .backfill()
                    .arrives();
        }
        eventually(
                () -> assertThat(get(shop, "scores").getList("items.frequency")).containsExactly(1, 1, 1, 0, 0));
        return shop;
    }

    /// So many that it takes more than one look, of whom the last two thousand would move.
    private Shop bigShop() {
        var shop = Shop.open();
        eventually(
                () -> assertThat(get(shop, "recomputes").getList("items.state")).containsExactly("done"));
        jdbi.useHandle(handle -> handle.execute(MANY, shop.merchant));
        jdbi.useHandle(handle -> handle.execute(MOVING, shop.merchant));
        return shop;
    }

    private static String draft(Shop shop, String definition) {
        return as(shop).body("{\"name\": \"tried\", \"definition\": %s}".formatted(definition))
                .post("/v1/models")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String ask(Shop shop, String model, String body) {
        return as(shop).body(body)
                .post("/v1/models/" + model + "/simulations")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static JsonPath ended(Shop shop, String job) {
        eventually(() ->
                assertThat(get(shop, "simulations/" + job).getString("state")).isIn("done", "failed", "cancelled"));
        return get(shop, "simulations/" + job);
    }

    private String runs(Shop shop, int attempts) {
        return jdbi.withHandle(handle -> {
            var id = handle.createQuery(RUNS)
                    .bindMap(Map.of("merchant", shop.merchant, "attempts", attempts))
                    .mapTo(Long.class)
                    .one();
            handle.execute(
                    "insert into simulation_progress (merchant_id, simulation_id) values (?, ?)", shop.merchant, id);
            return PublicId.format("sim", id);
        });
    }

    private long number(String sql, Shop shop) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("m", shop.merchant)
                .mapTo(Long.class)
                .one());
    }
}
