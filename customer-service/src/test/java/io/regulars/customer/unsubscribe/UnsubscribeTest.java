package io.regulars.customer.unsubscribe;

import java.time.Duration;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import io.regulars.events.Topic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class UnsubscribeTest {

    @Test
    void readingTheLinkChangesNothing() {
        Shop shop = Shop.inChina();
        String token = unsubscribeToken(shop);

        given().get("/unsubscribe/" + token + "?channel=email")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("确认退订"));

        shop.get("/v1/customers/ext:u-1").body("consents.email.granted", equalTo(true));
    }

    @Test
    void oneClickWithdrawsConsentOnTheChannelAndPublishesIt() {
        Shop shop = Shop.inBritain();
        String token = unsubscribeToken(shop);

        given().contentType("application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
                .post("/unsubscribe/" + token + "?channel=EMAIL")
                .then()
                .statusCode(200)
                .body(containsString("You will get no more marketing e-mail"));

        shop.get("/v1/customers/ext:u-1")
                .body("consents.email.granted", equalTo(false))
                .body("consents.email.source", equalTo("unsubscribe-link"))
                .body("consents.sms.granted", equalTo(true));
        Awaitility.await()
                .untilAsserted(() -> assertThat(latest(shop))
                        .satisfies(event -> assertThat(
                                        event.consents().get(Channel.EMAIL).granted())
                                .isFalse())
                        .satisfies(event -> assertThat(event.version()).isEqualTo(2)));
    }

    @Test
    void withoutAChannelAllAreWithdrawn() {
        Shop shop = Shop.inBritain();

        given().multiPart("List-Unsubscribe", "One-Click")
                .post("/unsubscribe/" + unsubscribeToken(shop))
                .then()
                .statusCode(200);

        shop.get("/v1/customers/ext:u-1")
                .body("consents.sms.granted", equalTo(false))
                .body("consents.inbox.granted", equalTo(false));
    }

    @Test
    void anUnknownLinkSaysSo() {
        given().header("Accept-Language", "zh-CN")
                .get("/unsubscribe/nothing")
                .then()
                .statusCode(404)
                .body(containsString("链接无效"));
        given().post("/unsubscribe/nothing?channel=email").then().statusCode(404);
    }

    private static String unsubscribeToken(Shop shop) {
        shop.post("/v1/customers", """
                        {"externalId": "u-1", "consents": {"sms": true, "email": true, "inbox": true}}""").statusCode(201);
        return Awaitility.await()
                .until(() -> latest(shop), event -> event != null)
                .unsubscribeToken();
    }

    private static CustomerChanged latest(Shop shop) {
        return TestTopics.read(Topic.CUSTOMERS, Duration.ofSeconds(1)).stream()
                .map(CustomerChanged.class::cast)
                .filter(event -> event.merchantId() == shop.merchant())
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
