package io.regulars.customer.order;

import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.customer.merchant.Merchants;
import io.regulars.customer.merchant.Settings;
import io.regulars.customer.merchant.SettingsChanged;
import io.regulars.embedded.ServiceTestResource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class NettingAgainTest {

    /// Comes before all shops.
    private static final int NOBODY = -1_490_201;

    @Inject
    Jdbi jdbi;

    @Inject
    Merchants merchants;

    @Inject
    NettingAgain netting;

    /// In a transaction that is undone: nobody nets them between the two changes.
    @Test
    void isDueOnceHoweverOftenAShopChangesItsMind() {
        Shop shop = shopWithAReturn();
        var before = merchants.settings(shop.merchant());
        var change = new SettingsChanged(before, without(before, "POSTAGE"));

        QuarkusTransaction.begin();
        try {
            netting.note(change);
            netting.note(change);

            assertThat(due(shop.merchant())).isEqualTo(1);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void thatFailsForOneShopHoldsUpNoOther() {
        Shop shop = shopWithAReturn();
        shop.get("/v1/orders/ext:o-1").body("keptAmount.amount", equalTo("7.00"));
        jdbi.useHandle(handle -> handle.execute("insert into netting_due values (?, 1)", NOBODY));
        try {
            shop.as("owner").body("""
                    {"name": "shop", "timeZone": "Asia/Shanghai", "currency": "CNY", "locale": "zh-CN",
                     "nonProductCodes": ["DISCOUNT"]}""").put("/v1/merchant").then().statusCode(200);

            Awaitility.await()
                    .untilAsserted(() -> shop.get("/v1/orders/ext:o-1").body("keptAmount.amount", equalTo("10.00")));
            assertThat(due(NOBODY)).isEqualTo(1);
        } finally {
            jdbi.useHandle(handle -> handle.execute("delete from netting_due where merchant_id = ?", NOBODY));
        }
    }

    private static Shop shopWithAReturn() {
        Shop shop = Shop.inChina();
        shop.customer("u-1");
        shop.post("/v1/orders", """
                {"externalId": "o-1", "customerId": "ext:u-1", "status": "paid", "orderedAt": "2026-03-01T00:00:00Z",
                 "lines": [{"productCode": "A", "quantity": 2, "unitPrice": "5.00"}]}""").statusCode(201);
        shop.post("/v1/returns", """
                {"externalId": "r-1", "customerId": "ext:u-1", "returnedAt": "2026-03-05T00:00:00Z",
                 "lines": [{"productCode": "DISCOUNT", "quantity": 1, "unitPrice": "3.00"}]}""").statusCode(201);
        return shop;
    }

    private static Settings without(Settings settings, String product) {
        return new Settings(
                settings.merchantId(),
                settings.version() + 1,
                settings.name(),
                settings.timeZone(),
                settings.currency(),
                settings.locale(),
                List.of(product));
    }

    private int due(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from netting_due where merchant_id = :m")
                .bind("m", merchant)
                .mapTo(Integer.class)
                .one());
    }
}
