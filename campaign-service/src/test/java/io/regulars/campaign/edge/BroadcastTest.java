package io.regulars.campaign.edge;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Sandboxes;
import io.regulars.embedded.Sms;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

@QuarkusTest
class BroadcastTest extends ServiceEdge {

    private static final int CUSTOMERS = 4_000;

    /// listmonk #2313 and #2070: mails go out twice after a pause.
    @Test
    void countsThoseWhoEnteredApartFromThoseWhoWereRefused() {
        fill(5);
        String campaign = activateAs("""
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [%s],
                 "goal": {"condition": {"field": "region", "op": "in", "value": ["r1", "r2"]}}}""".formatted(send("inbox", "x")));

        eventually(
                () -> number("select count(*) from fan_out where merchant_id = :m and finished_at is not null") == 1);
        get("/v1/campaigns/{k}/occurrences", campaign)
                .body("items[0].enrolled", is(3))
                .body("items[0].refused", is(2));
    }

    @Test
    void countsThoseOverWhomTheDoorRefusesLater() {
        fill(5);
        String campaign = activateAs("""
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [{"type": "tag", "add": ["met"]}, %s],
                 "goal": {"condition": {"field": "region", "op": "in", "value": ["r1", "r2"]}}}""".formatted(send("inbox", "x")));

        eventually(() ->
                number("select count(*) from enrolment where merchant_id = :m and state in ('finished', 'refused')")
                        == 5);
        get("/v1/campaigns/{k}/occurrences", campaign)
                .body("items[0].enrolled", is(3))
                .body("items[0].refused", is(2));
    }

    @Test
    void stopsWithinASecondWhenPausedAndReachesEverybodyOnceAfterwards() {
        fill();
        String campaign = activateAs("""
                {"name": "all", "trigger": {"type": "broadcast"}, "steps": [%s],
                 "audience": {"field": "region", "op": "eq", "value": "浙江"}}""".formatted(send("sms", "大促")));
        eventually(() -> !Sandboxes.sms().received().isEmpty());

        post("/v1/campaigns/{k}/pause", "{}", campaign).statusCode(200).body("state", is("paused"));
        Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        int atPause = received();
        assertThat(atPause).isLessThan(CUSTOMERS);
        stays(() -> received() == atPause);
        post("/v1/campaigns/{k}/pause", "{}", campaign)
                .statusCode(409)
                .body("detail", containsString("is paused and cannot be paused"));
        post("/v1/campaigns/{k}/resume", "{}", campaign).statusCode(200);

        eventually(() -> received() == CUSTOMERS);
        stays(() -> received() == CUSTOMERS);
        Set<String> numbers = new HashSet<>();
        Sandboxes.sms().received().stream().map(Sms::to).forEach(numbers::add);
        assertThat(numbers).hasSize(CUSTOMERS);
    }

    /// listmonk #3022: a batch is lost because its checkpoint moves when it is fetched.
    @Test
    void losesNobodyOfAChunkThatFailed() {
        fill();
        jdbi.useHandle(handle -> handle.execute("""
                create function refuse_one() returns trigger language plpgsql as $$
                begin raise exception 'not now'; end $$"""));
        jdbi.useHandle(handle -> handle.execute("""
                create trigger refuse_one before insert on enrolment for each row
                when (new.merchant_id = %d and new.customer_id = 2100) execute function refuse_one()""".formatted(shop.merchant())));
        try {
            activate("{\"type\": \"broadcast\"}", send("inbox", "大促"));
            eventually(() -> enrolled() == 2_000);
            stays(() -> enrolled() == 2_000);
        } finally {
            jdbi.useHandle(handle -> handle.execute("drop function refuse_one() cascade"));
        }

        eventually(() -> enrolled() == CUSTOMERS);
        assertThat(number("select count(*) from message where merchant_id = :m"))
                .isEqualTo(CUSTOMERS);
    }

    @Test
    void enrolsNobodyWhilePaused() {
        String campaign = activate("{\"type\": \"broadcast\"}", send("inbox", "大促"));
        eventually(
                () -> number("select count(*) from fan_out where merchant_id = :m and finished_at is not null") == 1);
        post("/v1/campaigns/{k}/pause", "{}", campaign).statusCode(200);

        fill();
        jdbi.useHandle(handle ->
                handle.execute("update fan_out set finished_at = null where merchant_id = ?", shop.merchant()));

        stays(() -> enrolled() == 0);
        post("/v1/campaigns/{k}/resume", "{}", campaign).statusCode(200);
        eventually(() -> enrolled() == CUSTOMERS);
    }

    @Test
    void enrolsTheShopsOwnCustomers() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into audience (merchant_id, customer_id, profile_version, external_id)
                select ?, i, 1, 'u' || i from generate_series(700001, 700010) i""", shop.merchant() + 500_000));
        shop.joins(1);
        known(1);

        activate("{\"type\": \"broadcast\"}", send("inbox", "大促"));

        eventually(
                () -> number("select count(*) from fan_out where merchant_id = :m and finished_at is not null") == 1);
        assertThat(enrolled()).isEqualTo(1);
    }

    private int enrolled() {
        return number("select count(*) from enrolment where merchant_id = :m");
    }

    private static int received() {
        return Sandboxes.sms().received().size();
    }

    private void fill() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into audience (merchant_id, customer_id, profile_version, external_id, name, region, phone,
                          sms_consent)
                        select :m, i, 1, 'u' || i, '张', '浙江', '+861' || lpad((:m::bigint * 10000 + i)::text, 10, '0'), true
                        from generate_series(1, :n) i""")
                .bind("m", shop.merchant())
                .bind("n", CUSTOMERS)
                .execute());
    }
}
