package io.regulars.scoring.edge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestEvents;
import io.regulars.embedded.TestTopics;
import io.regulars.kit.paging.Cursor;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/// Scores as others fetch them: as tables, by the thousand, and as they change.
@QuarkusTest
class ScoresOutTest extends EdgeTest {

    private static final String HEAD = "customerId,externalId,tier,tierRank,fallsAt,group,stage,frequency,monetary,"
            + "currency,lastOrderDay,churn,churnSince,classes,version,modelVersion,scoredAt,nextReviewAt";

    @Inject
    Jdbi jdbi;

    @Test
    void aTableComesPageByPageAndRunsNothing() {
        clock.shiftTo(NOON);
        var shop = shop();

        var first = table(shop, "?stage=prospect&limit=2");
        var link = first.header("Link");
        assertThat(link).startsWith("<?").endsWith("; rel=\"next\"").contains("stage=prospect", "limit=2");
        var second = table(shop, link.substring(1, link.indexOf('>')));

        var lines = first.asString().split("\r\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).isEqualTo(HEAD);
        assertThat(lines[1]).startsWith("cus_1,c1,").contains(",prospect,0,0.00,CNY,,");
        assertThat(second.asString().split("\r\n")[1]).startsWith("cus_4,'=1+1,");
        assertThat(second.header("Link")).isNull();
    }

    @Test
    void aFilterThatCannotBeIsRefusedForATableToo() {
        var shop = Shop.open();

        as(shop).accept("text/csv").get("/v1/scores?stage=happy").then().statusCode(422);
    }

    @Test
    void manyAreLookedUpAtOnceEachWithItsOwnAnswer() {
        clock.shiftTo(NOON);
        var shop = shop();
        erase(shop, 2);

        var found = lookup(shop, "ext:c1", "cus_3", "ext:nobody", "ext:c2", "cus_2", "so-and-so", "ext:c1");

        assertThat(found.getList("items.index")).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(found.getList("items.customer"))
                .containsExactly("ext:c1", "cus_3", "ext:nobody", "ext:c2", "cus_2", "so-and-so", "ext:c1");
        assertThat(found.getList("items.findAll { it.score != null }.index")).containsExactly(0, 1, 6);
        assertThat(found.getList("items.score.customerId")).containsExactly("cus_1", "cus_3", "cus_1");
        assertThat(found.getList("items.findAll { it.problem != null }.index")).containsExactly(2, 3, 4, 5);
        assertThat(found.getList("items.problem.status")).containsOnly(404);
        assertThat(found.getString("items[1].score.stage")).isEqualTo("new");
        assertThat(found.getString("items[3].problem.detail")).isEqualTo("no score of ext:c2");
    }

    @Test
    void aLookupOfNoneOrOfTooManyIsRefused() {
        var shop = Shop.open();

        for (var customers : List.of(List.<String>of(), Collections.nCopies(1_001, "cus_1"))) {
            as(shop).body(Map.of("customers", customers))
                    .post("/v1/scores/lookup")
                    .then()
                    .statusCode(422)
                    .body("violations[0].field", equalTo("customers"));
        }
        as(shop).body("{}").post("/v1/scores/lookup").then().statusCode(422);
    }

    @Test
    void whoFollowsTheScoresSeesEachChange() {
        clock.shiftTo(NOON);
        var shop = shop();

        var cursor = new String[] {""};
        var seen = new ArrayList<String>();
        eventually(() -> {
            cursor[0] = follow(shop, cursor[0], seen);
            assertThat(seen).contains("cus_1", "cus_2", "cus_3", "cus_4");
        });
        seen.clear();
        shop.order(20, 1).at(NOON).line("A", 1, 90_00).arrives();

        eventually(() -> {
            cursor[0] = follow(shop, cursor[0], seen);
            assertThat(seen).contains("cus_1");
        });
        var end = get(shop, "scores/changes?since=" + cursor[0]);
        assertThat(end.getString("nextCursor")).isNotBlank();
        assertThat(end.getBoolean("more")).isFalse();
    }

    @Test
    void aCursorOfAnotherTimeOfTheDatabaseIsGone() {
        var shop = Shop.open();
        var parts = Cursor.decode(get(shop, "scores/changes").getString("nextCursor"), 3);

        for (var other : List.of(
                Cursor.encode("1." + parts.get(0), parts.get(1), 0),
                Cursor.encode(parts.get(0), Long.parseLong(parts.get(1)) + 1_000_000_000, 0))) {
            as(shop).get("/v1/scores/changes?since=" + other).then().statusCode(410);
        }
        for (var none : List.of("%25", Cursor.encode(7), Cursor.encode(parts.get(0), "x", 0))) {
            as(shop).get("/v1/scores/changes?since=" + none)
                    .then()
                    .statusCode(422)
                    .body("violations[0].field", equalTo("since"));
        }
        as(shop).get("/v1/scores/changes?limit=0").then().statusCode(422);
    }

    @Test
    void merchantsSeeTheirOwn() {
        clock.shiftTo(NOON);
        var shop = shop();
        var other = Shop.open();
        eventually(() -> assertThat(get(other, "models").getList("items")).hasSize(1));

        assertThat(get(other, "scores/changes").getList("items")).isEmpty();
        assertThat(lookup(other, "ext:c1", "cus_3").getList("items.problem.status"))
                .containsExactly(404, 404);
        assertThat(table(other, "").asString()).isEqualTo(HEAD + "\r\n");
        eventually(
                () -> assertThat(get(shop, "scores/changes").getList("items")).hasSize(4));
        // nor by a cursor that another was given
        var cursor = get(shop, "scores/changes?limit=1").getString("nextCursor");
        assertThat(get(other, "scores/changes?since=" + cursor).getList("items"))
                .isEmpty();
    }

    /// Three who never bought, one of them by a name that a spreadsheet would run, and one who bought today.
    private static Shop shop() {
        var shop = Shop.open();
        shop.customer(1);
        shop.customer(2);
        shop.customer(3);
        TestTopics.publish(TestEvents.customer(shop.merchant, 4, 1, "=1+1", "Test 4", Map.of()));
        shop.order(10, 3).at(NOON).line("A", 1, 50_00).arrives();
        eventually(() -> assertThat(get(shop, "scores").getList("items.stage"))
                .containsExactly("prospect", "prospect", "new", "prospect"));
        return shop;
    }

    private static String follow(Shop shop, String cursor, List<String> seen) {
        var answer = get(shop, "scores/changes?limit=3&since=" + cursor);
        seen.addAll(answer.getList("items.customerId"));
        return answer.getString("nextCursor");
    }

    private static JsonPath lookup(Shop shop, String... customers) {
        return as(shop).body(Map.of("customers", Stream.of(customers).toList()))
                .post("/v1/scores/lookup")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response table(Shop shop, String query) {
        return as(shop).accept("text/csv")
                .urlEncodingEnabled(false)
                .get("/v1/scores" + query)
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .response();
    }

    private void erase(Shop shop, long customer) {
        jdbi.useHandle(handle -> handle.execute(
                "update history set erased = true where merchant_id = ? and customer_id = ?", shop.merchant, customer));
    }
}
