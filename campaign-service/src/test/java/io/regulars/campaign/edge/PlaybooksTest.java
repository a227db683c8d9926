package io.regulars.campaign.edge;

import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.MerchantChanged;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

/// Each playbook is one call, in both languages.
@QuarkusTest
class PlaybooksTest extends ServiceEdge {

    @Test
    void allGoOnInChinese() {
        allGoOn();

        get("/v1/coupons?limit=100").body("items.name", hasItem("新客欢迎"));
    }

    @Test
    void allGoOnInEnglish() {
        TestTopics.publish(
                new MerchantChanged(shop.merchant(), 2, "Sunny", "Europe/London", "GBP", "en-GB", List.of()));
        eventually(
                () -> as(Roles.OWNER).get("/v1/playbooks").path("items[0].name").equals("Welcome"));

        allGoOn();
    }

    /// A marketer switches them on, notices included: those are of orders.
    private void allGoOn() {
        List<Map<String, Object>> playbooks =
                as(Roles.MARKETER).get("/v1/playbooks").path("items");
        assertThat(playbooks).hasSizeGreaterThan(20);

        for (var playbook : playbooks) {
            assertThat(playbook.get("state")).isNull();
            as(Roles.MARKETER)
                    .body("{}")
                    .post("/v1/playbooks/{p}/campaigns", playbook.get("id"))
                    .then()
                    .statusCode(201)
                    .body("state", is("active"))
                    .body("playbook", is(playbook.get("id")))
                    .body("definition.name", is(playbook.get("name")));
        }

        List<String> states = as(Roles.MARKETER).get("/v1/playbooks").path("items.state");
        assertThat(states).containsOnly("active");
    }
}
