package io.regulars.scoring.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestEvents;
import io.regulars.embedded.TestTopics;
import io.regulars.kit.paging.Cursor;
import io.restassured.path.json.JsonPath;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

/// A customer who asks to be erased is gone for everybody who reads scores.
@QuarkusTest
class ErasureTest extends EdgeTest {

    @Inject
    Jdbi jdbi;

    @Test
    void whoFollowsTheScoresIsToldOnce() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        shop.customer(2);
        var told = new ArrayList<String>();
        var cursor = new String[] {""};
        eventually(() -> {
            follow(shop, cursor).getList("items.customerId", String.class).forEach(told::add);
            assertThat(told).contains("cus_1", "cus_2");
        });

        erase(shop, 2);

        var gone = new ArrayList<Map<String, Object>>();
        eventually(() -> {
            gone.addAll(follow(shop, cursor).<Map<String, Object>>getList("erased"));
            assertThat(gone).hasSize(1);
        });
        assertThat(gone.getFirst().keySet()).containsExactlyInAnyOrder("customerId", "erasedAt");
        assertThat(gone.getFirst()).containsEntry("customerId", "cus_2");
        recompute(shop, true);
        assertThat(follow(shop, cursor).getList("erased")).isEmpty();
        assertThat(follow(shop, cursor).getList("items.customerId")).doesNotContain("cus_2");
        eventually(() -> assertThat(get(shop, "scores/changes").getList("erased.customerId"))
                .containsExactly("cus_2"));
    }

    @Test
    void whatPeopleWroteAboutThemIsGone() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        eventually(() -> assertThat(score(shop, 1).getString("tier.key")).isEqualTo("new"));
        as(shop).body("{\"tier\": \"vip\", \"until\": \"2026-06-01T00:00:00Z\", \"reason\": \"Mrs Wang's parcel\"}")
                .put("/v1/scores/ext:c1/pin")
                .then()
                .statusCode(200);
        assertThat(written(shop)).contains("Mrs Wang");

        erase(shop, 1);

        eventually(() -> assertThat(written(shop)).doesNotContain("Mrs Wang"));
        for (var name : List.of("cus_1", "ext:c1")) {
            for (var path : List.of("", "/history", "/pin")) {
                var request = as(shop);
                var answer = path.equals("/pin")
                        ? request.delete("/v1/scores/" + name + path)
                        : request.get("/v1/scores/" + name + path);
                answer.then().statusCode(404);
            }
            as(shop).get("/v1/forecasts/" + name).then().statusCode(404);
        }
        assertThat(get(shop, "scores").getList("items")).isEmpty();
    }

    @Test
    void othersAreToldOfTheirOwnAlone() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        var other = Shop.open();
        shop.customer(1);
        other.customer(1);
        eventually(
                () -> assertThat(get(other, "scores/changes").getList("items")).hasSize(1));
        eventually(
                () -> assertThat(get(shop, "scores/changes").getList("items")).hasSize(1));

        erase(shop, 1);

        eventually(
                () -> assertThat(get(shop, "scores/changes").getList("erased")).hasSize(1));
        assertThat(get(other, "scores/changes").getList("erased")).isEmpty();
        assertThat(get(other, "scores/changes").getList("items")).hasSize(1);
    }

    @Test
    void whoDidNotReadForNinetyDaysBeginsAnew() {
        clock.shiftTo(NOON);
        var shop = Shop.open();
        shop.customer(1);
        shop.customer(2);
        eventually(
                () -> assertThat(get(shop, "scores/changes").getList("items")).hasSize(2));
        var early = new String[] {""};
        follow(shop, early);
        erase(shop, 2);
        var late = new String[] {early[0]};
        eventually(() -> assertThat(follow(shop, late).getList("erased")).hasSize(1));
        // to the end, past the page that told of it
        eventually(() -> {
            follow(shop, late);
            assertThat(Cursor.decode(late[0], 3).getLast()).isEqualTo("0");
        });

        clock.shiftTo(NOON.plus(Duration.ofDays(91)));
        eventually(
                () -> assertThat(get(shop, "scores/changes").getList("erased")).isEmpty());

        as(shop).get("/v1/scores/changes?since=" + early[0])
                .then()
                .statusCode(410)
                .body("detail", containsString("erased"));
        as(shop).get("/v1/scores/changes?since=" + late[0]).then().statusCode(200);
    }

    private static JsonPath follow(Shop shop, String[] cursor) {
        var answer = get(shop, "scores/changes?since=" + cursor[0]);
        cursor[0] = answer.getString("nextCursor");
        return answer;
    }

    private String written(Shop shop) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select coalesce(string_agg(t::text, ' '), '') || coalesce((
                          select string_agg(p::text, ' ') from tier_pin p where p.merchant_id = :m), '')
                        from score_step t where t.merchant_id = :m
                        """)
                .bind("m", shop.merchant)
                .mapTo(String.class)
                .one());
    }

    private static void erase(Shop shop, long customer) {
        TestTopics.publish(TestEvents.erased(shop.merchant, customer, 9));
    }
}
