package io.regulars.customer.profile;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class CustomersTest {

    private static final String HONG = """
            {"externalId": "u-1", "name": "张小红🌸", "gender": "female", "birthday": "1990-05-20", "region": "浙江",
             "phone": "138 0013 8000", "email": "hong@example.com", "identities": {"taobao": "hong"},
             "tags": ["宝妈", "宝妈"], "consents": {"sms": true, "email": false}}""";

    @Test
    void aCustomerIsRecordedOnce() {
        Shop shop = Shop.inChina();

        shop.post("/v1/customers", HONG)
                .statusCode(201)
                .body("phone", equalTo("+8613800138000"))
                .body("name", equalTo("张小红🌸"))
                .body("tags", hasSize(1))
                .body("consents.sms.granted", equalTo(true))
                .body("consents.email.source", equalTo("api"))
                .body("version", equalTo(1));
        shop.post("/v1/customers", HONG).statusCode(200).body("version", equalTo(1));
        shop.get("/v1/customers/ext:u-1").statusCode(200).body("birthday", equalTo("1990-05-20"));
    }

    @Test
    void whatIsAbsentStaysAndWhatIsEmptyEmpties() {
        Shop shop = Shop.inChina();
        shop.post("/v1/customers", HONG);

        shop.post("/v1/customers", "{\"externalId\": \"u-1\", \"city\": \"杭州\", \"region\": \"\", \"tags\": []}")
                .statusCode(200)
                .body("name", equalTo("张小红🌸"))
                .body("city", equalTo("杭州"))
                .body("region", nullValue())
                .body("tags", hasSize(0))
                .body("version", equalTo(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"x\"}                                        | 422 | externalId",
                "{\"externalId\": \"\"}                                   | 422 | externalId",
                "{\"externalId\": \"u\", \"nam\": \"x\"}                  | 422 | nam",
                "{\"externalId\": \"u\", \"gender\": \"x\"}               | 422 | gender",
                "{\"externalId\": \"u\", \"birthday\": \"20/5/1990\"}     | 422 | birthday",
                "{\"externalId\": \"u\", \"birthday\": \"2999-01-01\"}    | 422 | birthday",
                "{\"externalId\": \"u\", \"phone\": \"12\"}               | 422 | phone",
                "{\"externalId\": \"u\", \"email\": \"a@b\"}              | 422 | email",
                "{\"externalId\": \"u\", \"timeZone\": \"Beijing\"}       | 422 | timeZone",
                "{\"externalId\": \"u\", \"language\": \"chinese language\"} | 422 | language",
                "{\"externalId\": \"u\", \"needType\": \"money\"}         | 422 | needType",
                "{\"externalId\": \"u\", \"consents\": {\"fax\": true}}   | 422 | consents.fax",
                "{\"externalId\": \"u\", \"tags\": \"vip\"}               | 422 | tags",
                "{\"externalId\": \"u\", \"name\": \"a\\u0000b\"}         | 422 | name",
                "{\"externalId\": \"u\"                                   | 400 | ",
                "[]                                                       | 400 | ",
            })
    void badInputIsRefusedWithFieldAndReason(String body, int status, String field) {
        Shop shop = Shop.inChina();

        var refused = shop.post("/v1/customers", body)
                .statusCode(status)
                .contentType("application/problem+json")
                .body(
                        "detail",
                        equalTo(shop.post("/v1/customers", body).extract().path("detail")));
        if (field != null) {
            refused.body("violations.field", hasItem(field));
        }
        shop.get("/v1/customers").body("items", hasSize(0));
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        Shop.inChina()
                .post("/v1/customers", "{\"externalId\": \"u\", \"name\": \"" + "x".repeat(11_000_000) + "\"}")
                .statusCode(413);
    }

    @Test
    void aBatchAnswersForEachAndOneBadItemSpoilsNoOther() {
        Shop shop = Shop.inChina();
        shop.customer("u-1");

        shop.post("/v1/customers/batch", """
                        {"items": [{"externalId": "u-1"}, {"externalId": "u-2", "name": "李雷"},
                                   {"externalId": "u-2", "name": "韩梅梅"}, {"name": "nobody"}, 17, null,
                                   {"externalId": "u-3", "birthday": 5, "tags": {}}, {"externalId": "u-1", "city": "x"}]}""")
                .statusCode(200)
                .body(
                        "items.status",
                        equalTo(List.of(
                                "unchanged",
                                "created",
                                "updated",
                                "rejected",
                                "rejected",
                                "rejected",
                                "rejected",
                                "updated")))
                .body("items[3].problem.violations[0].field", equalTo("externalId"))
                .body("items[6].externalId", equalTo("u-3"))
                .body("items[6].problem.violations[0].field", equalTo("tags"))
                .body("created", equalTo(1))
                .body("rejected", equalTo(4));
        shop.get("/v1/customers/ext:u-2").body("name", equalTo("韩梅梅"));
        shop.post("/v1/customers/batch", "{\"items\": []}").statusCode(422);
        shop.post("/v1/customers/batch", "{}").statusCode(422);
    }

    @Test
    void aListGoesOnWhereItWas() {
        Shop shop = Shop.inChina();
        String items = IntStream.range(0, 25)
                .mapToObj("{\"externalId\": \"u-%02d\"}"::formatted)
                .collect(Collectors.joining(", "));
        shop.post("/v1/customers/batch", "{\"items\": [" + items + "]}").body("created", equalTo(25));

        var first =
                shop.get("/v1/customers?limit=20").body("items", hasSize(20)).extract();
        shop.customer("later");
        var second = shop.get("/v1/customers?limit=20&cursor=" + first.path("nextCursor"))
                .body("items", hasSize(6))
                .body("nextCursor", nullValue())
                .extract();

        assertThat(first.<List<String>>path("items.id"))
                .doesNotContainAnyElementsOf(second.<List<String>>path("items.id"));
        shop.get("/v1/customers?limit=0").statusCode(422);
        shop.get("/v1/customers?cursor=garbage").statusCode(422);
    }

    @Test
    void anAnalystSeesNobodysNameAndNumber() {
        Shop shop = Shop.inChina();
        shop.post("/v1/customers", HONG);

        shop.as("analyst")
                .get("/v1/customers/ext:u-1")
                .then()
                .body("name", equalTo("张**"))
                .body("phone", equalTo("+86*******8000"))
                .body("email", equalTo("h***@example.com"))
                .body("birthday", nullValue())
                .body("identities.taobao", equalTo("***"));
        shop.as("analyst", "support").get("/v1/customers/ext:u-1").then().body("phone", equalTo("+8613800138000"));
    }

    @Test
    void consentIsRecordedForEachChannelAndTheLatestWordStands() {
        Shop shop = Shop.inChina();
        shop.post("/v1/customers", HONG);

        shop.system()
                .body("{\"sms\": {\"granted\": false, \"source\": \"hotline\"}, \"inbox\": {\"granted\": true}}")
                .put("/v1/customers/ext:u-1/consents")
                .then()
                .statusCode(200)
                .body("sms.granted", equalTo(false))
                .body("sms.source", equalTo("hotline"))
                .body("inbox.granted", equalTo(true));
        shop.post("/v1/customers", HONG).body("consents.sms.granted", equalTo(false));
        shop.system()
                .body("{\"sms\": {\"granted\": true, \"at\": \"2020-01-01T00:00:00Z\"}}")
                .put("/v1/customers/ext:u-1/consents")
                .then()
                .body("sms.granted", equalTo(false));
        shop.system()
                .body("{\"fax\": {\"granted\": true}, \"email\": {}}")
                .put("/v1/customers/ext:u-1/consents")
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("fax"))
                .body("violations.field", hasItem("email.granted"));
    }

    @Test
    void nothingOfOneMerchantReachesAnother() {
        Shop one = Shop.inChina();
        Shop other = Shop.inChina();
        String id = one.post("/v1/customers", HONG).extract().path("id");

        other.get("/v1/customers/" + id).statusCode(404);
        other.get("/v1/customers/ext:u-1").statusCode(404);
        other.get("/v1/customers").body("items", hasSize(0));
        other.get("/v1/customers/counts").body("customers", equalTo(0));
        other.system()
                .body("{\"sms\": {\"granted\": false}}")
                .put("/v1/customers/" + id + "/consents")
                .then()
                .statusCode(404);
        other.post("/v1/orders", """
                        {"externalId": "o", "customerId": "%s", "orderedAt": "2026-03-01T12:00:00Z",
                         "lines": [{"quantity": 1, "unitPrice": "1"}]}""".formatted(id)).statusCode(422).body("detail", containsString("customerId"));
        one.get("/v1/customers/counts").body("customers", equalTo(1));
    }
}
