package io.regulars.faults.workload;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

import io.regulars.faults.rig.Api.Request;

/// Coupon codes that are issued, and then redeemed by several orders at the same moment. One thread's own.
final class Bargains {

    private static final int RIVALS = 3;

    private final Shop shop;
    private final Random random;
    private final String prefix;
    private final ExecutorService threads;
    private int issued;

    Bargains(Shop shop, Random random, String prefix, ExecutorService threads) {
        this.shop = shop;
        this.random = random;
        this.prefix = prefix;
        this.threads = threads;
    }

    void step() {
        var id = prefix + "-" + ++issued;
        var customer = shop.customers().get(random.nextInt(shop.customers().size()));
        var answer = shop.owner()
                .call(Request.post(
                        "issue",
                        customer,
                        id,
                        "/api/campaign/v1/coupons/" + shop.coupons().get(random.nextInt(3) == 0 ? "scarce" : "bargain")
                                + "/codes",
                        Map.of("customerId", "ext:" + customer)));
        if (answer.accepted()) {
            var code = answer.answer().path("code").asText();
            CompletableFuture.allOf(IntStream.range(0, RIVALS)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> redeem(code, id + "-" + i), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }

    private void redeem(String code, String order) {
        shop.client()
                .call(Request.post(
                        "redeem",
                        code,
                        "redeem-" + order,
                        "/api/campaign/v1/coupon-codes/" + code + "/redeem",
                        Map.of("orderId", order)));
    }
}
