package io.regulars.campaign.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Topic;
import io.regulars.kit.merchant.Roles;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
class TrackingTest extends ServiceEdge {

    private static final String PERSON = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0";
    private static final String MAIL = """
            {"type": "send", "channel": "email", "template": {"subject": "s", "text": "t", "html": "<body>%s</body>"}}\
            """.formatted(
                    "<a href='https://shop.example/a?x=1&amp;y=2'>a</a><a href='https://shop.example/b'>b</a>"
                            + "<a href='https://shop.example/c'>c</a><a href='{unsubscribeUrl}'>no more</a>");
    private static final String TRIGGER = "\"trigger\": {\"type\": \"tier-changed\", \"direction\": \"up\"}";

    /// The HTML that customer 1 got, a minute ago.
    private String sent(String definition) {
        activateAs(definition);
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> "sent".equals(stateOf(1)));
        jdbi.useHandle(handle -> handle.execute(
                "update message set sent_at = sent_at - interval '1 minute' where merchant_id = ?", shop.merchant()));
        return mailTo(1).getFirst().html();
    }

    private String sent() {
        return sent("{\"name\": \"n\", " + TRIGGER + ", \"steps\": [" + MAIL + "]}");
    }

    private static List<String> links(String html, String path) {
        List<String> links = new ArrayList<>();
        var matcher = Pattern.compile("/api/campaign(/" + path + "/[0-9a-z.]+)").matcher(html);
        while (matcher.find()) {
            links.add(matcher.group(1));
        }
        return links;
    }

    private static ValidatableResponse fetch(String userAgent, String path) {
        return RestAssured.given()
                .redirects()
                .follow(false)
                .header("User-Agent", userAgent)
                .get(path)
                .then();
    }

    @Test
    void aClickLeadsWhereTheTemplateSaidAndMovesTheMessageOnce() {
        String html = sent();
        List<String> links = links(html, "l");
        assertThat(links).hasSize(3);
        assertThat(html).contains("/api/customer/unsubscribe/tok-" + shop.merchant() + "-1");

        fetch(PERSON, links(html, "o").getFirst()).statusCode(200).contentType("image/gif");
        fetch(PERSON, links.getFirst())
                .statusCode(302)
                .header("Location", is("https://shop.example/a?x=1&y=2"))
                .header("Cache-Control", is("no-store"));
        fetch(PERSON, links.getFirst()).statusCode(302);

        eventually(() -> "clicked".equals(stateOf(1)));
        eventually(() ->
                Integer.valueOf(2).equals(get("/v1/tracking/counts").extract().path("click.person.hits")));
        get("/v1/tracking/counts").body("click.person.messages", is(1)).body("open.person.messages", is(1));
        eventually(() -> TestTopics.read(Topic.ENGAGEMENTS, java.time.Duration.ofSeconds(2)).stream()
                .anyMatch(event ->
                        event.merchantId() == shop.merchant() && event.key().endsWith(":clicked")));
    }

    @Test
    void machinesAreCountedApartAndMoveNothing() {
        String html = sent();
        String picture = links(html, "o").getFirst();
        List<String> links = links(html, "l");

        fetch("Mozilla/5.0", picture).statusCode(200);
        fetch("Mozilla/5.0 (via ggpht.com GoogleImageProxy)", picture).statusCode(200);
        fetch("curl/8.5.0", links.getFirst()).statusCode(302);
        RestAssured.given()
                .redirects()
                .follow(false)
                .header("User-Agent", PERSON)
                .head(links.getFirst())
                .then()
                .statusCode(302);
        eventually(() -> get("/v1/tracking/counts").extract().path("click.bot.hits") != null);
        // a scanner in a browser's clothes follows every link
        links.forEach(link -> fetch(PERSON, link).statusCode(302));

        eventually(() ->
                Integer.valueOf(5).equals(get("/v1/tracking/counts").extract().path("click.bot.hits")));
        get("/v1/tracking/counts")
                .body("open.proxy.hits", is(2))
                .body("open.person", nullValue())
                .body("click.person", nullValue());
        assertThat(stateOf(1)).isEqualTo("sent");
    }

    @Test
    void nobodyReadsWithinSecondsOfTheSend() {
        String html = sent();
        jdbi.useHandle(handle -> handle.createUpdate("update message set sent_at = :now where merchant_id = :m")
                .bind("now", clock.instant())
                .bind("m", shop.merchant())
                .execute());

        fetch(PERSON, links(html, "l").getFirst()).statusCode(302);

        eventually(() -> get("/v1/tracking/counts").extract().path("click.bot") != null);
        assertThat(stateOf(1)).isEqualTo("sent");
    }

    @Test
    void aChangedLinkLeadsNowhere() {
        String link = links(sent(), "l").getFirst();
        String tampered = link.substring(0, link.length() - 1) + (link.endsWith("7") ? "8" : "7");

        fetch(PERSON, tampered).statusCode(404).header("Location", nullValue());
        fetch(PERSON, link + "?url=https://evil.example").header("Location", is("https://shop.example/a?x=1&y=2"));
        fetch(PERSON, "/l/https:%2F%2Fevil.example").statusCode(404);
        fetch(PERSON, "/o/x.gif").statusCode(404);
        get("/v1/tracking/counts").body("click", notNullValue());
    }

    @Test
    void aCampaignMayShortenTheLinksOfItsSms() {
        activateAs("{\"name\": \"n\", \"shortLinks\": true, " + TRIGGER + ", \"steps\": ["
                + send("sms", "看 https://shop.example/a?x=1，或 https://shop.example/b。") + "]}");
        shop.joins(1);
        shop.isOrdinary(1);
        shop.becomesVip(1);
        eventually(() -> smsTo(1).size() == 1);
        List<String> links = links(smsTo(1).getFirst().text(), "l");

        assertThat(links).hasSize(2);
        assertThat(smsTo(1).getFirst().text()).doesNotContain("shop.example").matches(".*，或 .*。拒收请回复R");
        fetch(PERSON, links.getFirst()).header("Location", is("https://shop.example/a?x=1"));
        fetch(PERSON, links.getLast()).header("Location", is("https://shop.example/b"));
    }

    @Test
    void aCampaignOrAShopMayDoWithout() {
        String html = sent("{\"name\": \"n\", \"tracking\": false, " + TRIGGER + ", \"steps\": [" + MAIL + "]}");
        assertThat(html).contains("https://shop.example/b").doesNotContain("/api/campaign/");

        put("/v1/tracking", "{\"enabled\": false}").statusCode(200).body("enabled", is(false));
        get("/v1/tracking").body("enabled", is(false));
        as(shop.merchant() + 500_000, Roles.OWNER).get("/v1/tracking").then().body("enabled", is(true));
        put("/v1/tracking", "{\"enable\": 1}").statusCode(422);
        activateAs("{\"name\": \"n2\", \"trigger\": {\"type\": \"broadcast\"}, \"steps\": [" + MAIL + "]}");

        eventually(() -> mailTo(1).size() == 2);
        assertThat(mailTo(1).getLast().html())
                .contains("https://shop.example/b")
                .doesNotContain("/api/campaign/");
    }
}
