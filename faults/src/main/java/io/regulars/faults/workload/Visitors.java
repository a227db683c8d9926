package io.regulars.faults.workload;

import java.util.List;
import java.util.Map;
import java.util.Random;

import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;

/// What customers do besides buying: they look round, and some want no messages any more. One thread's own.
final class Visitors {

    private static final List<String> KINDS = List.of("visited", "product_viewed", "product_added", "inquired");
    private static final List<String> CHANNELS = List.of("sms", "email", "inbox");

    private final Rig rig;
    private final Shop shop;
    private final Random random;
    private final String prefix;
    private int said;

    Visitors(Rig rig, Shop shop, Random random, String prefix) {
        this.rig = rig;
        this.shop = shop;
        this.random = random;
        this.prefix = prefix;
    }

    void step() {
        if (random.nextInt(100) < 12) {
            withdraw();
        } else {
            look();
        }
    }

    private void look() {
        var id = prefix + "-" + ++said;
        shop.client()
                .call(Request.post(
                        "interaction",
                        id,
                        id,
                        "/api/customer/v1/interactions",
                        Map.of(
                                "externalId",
                                id,
                                "customerId",
                                "ext:" + anybody(),
                                "kind",
                                KINDS.get(random.nextInt(KINDS.size())),
                                "at",
                                rig.clock().instant().minusSeconds(30).toString())));
    }

    /// Every fourth customer never says so: campaigns need somebody to write to.
    private void withdraw() {
        var customer = anybody();
        if (Shop.number(customer) % 4 == 0) {
            return;
        }
        var channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        shop.client().call(Shop.withdrawal(customer, channel, rig.clock().instant()));
    }

    private String anybody() {
        return shop.customers().get(random.nextInt(shop.customers().size()));
    }
}
