package io.regulars.local.journey;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.regulars.local.home.PortPlan;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Order(3)
@ExtendWith(TheSystem.Started.class)
class MerchantsApartTest {

    /// Stands in everything that is the first merchant's.
    private static final String MARK = "marked-1";

    /// The operations outside `/v1/`, and why no merchant's token matters there. What is neither there nor here fails.
    private static final Map<String, String> OPEN = Map.of(
            "POST /api/customer/oauth/token", "gives tokens for credentials",
            "GET /api/customer/.well-known/jwks.json", "the public halves of the signing keys",
            "GET /api/customer/.well-known/openid-configuration", "addresses that everybody may know",
            "GET /api/customer/unsubscribe/{token}", "the customer's own secret is in the link",
            "POST /api/customer/unsubscribe/{token}", "the customer's own secret is in the link",
            "POST /api/campaign/hooks/{provider}", "signed by the provider",
            "POST /api/campaign/hooks/{provider}/{token}", "the provider's secret is in the path",
            "POST /api/campaign/hooks/bounces/{token}", "the mail server's secret is in the path");

    private static final String OPERATOR = "operator";

    /// What an operator is there for.
    private static final String MAKES_MERCHANTS = "POST /api/customer/v1/merchants";

    @Test
    void noTokenGetsAnythingOfAnotherMerchantsOverAnyOperation(TheSystem system) throws Exception {
        var shop = withOneOfEverything(system);
        var strangers = strangers(system);
        var before = Things.of(shop);
        var breaches = new TreeMap<String, String>();
        var heard = new TreeSet<String>();
        var open = new TreeSet<String>();
        var calls = 0;

        for (var service : PortPlan.Services.NAMES) {
            var document = shop.owner().get("/api/" + service + "/openapi?format=json");
            var walk = new OpenApiWalk(document, before.ids());
            open.addAll(walk.open());
            for (var call : walk.calls()) {
                calls++;
                for (var stranger : strangers.entrySet()) {
                    var who = stranger.getKey();
                    var answer = stranger.getValue().call(call);
                    if (answer.status() < 300) {
                        heard.add(who);
                    }
                    (who.equals(OPERATOR) ? breachByOperator(call, answer) : breach(call, answer))
                            .ifPresent(breach -> breaches.put(who + " " + call, breach));
                }
            }
        }

        assertThat(breaches).isEmpty();
        assertThat(open).isEqualTo(OPEN.keySet());
        assertThat(heard).as("whose token is good for something").isEqualTo(strangers.keySet());
        assertThat(Things.of(shop).state()).isEqualTo(before.state());
        assertThat(calls).as("operations").isGreaterThan(50);
    }

    private static Map<String, Stranger> strangers(TheSystem system) {
        var gateway = system.ports().publicUrl();
        var other = system.newShop("CNY");
        return Map.of(
                "owner",
                new Stranger(gateway, other.ownerToken()),
                "integration",
                new Stranger(gateway, other.clientToken()),
                OPERATOR,
                new Stranger(gateway, system.operatorToken()));
    }

    private static TestShop withOneOfEverything(TheSystem system) {
        var shop = system.newShop("CNY");
        shop.product("SKU-" + MARK, 20);
        shop.customers(List.of(MARK));
        shop.activate(Map.of("type", "tier-changed"), List.of(TestShop.sms(MARK), TestShop.inbox(MARK)));
        shop.owner()
                .post(
                        "/api/campaign/v1/coupons",
                        Map.of("name", MARK, "kind", "percent", "percentOff", 12, "validFor", "P7D"));
        for (int i = 0; i < 5; i++) {
            // Models are numbered for each merchant: the last of these is one that the stranger does not have.
            shop.owner().post("/api/scoring/v1/models", Map.of("name", MARK, "definition", Map.of()));
        }
        shop.order(
                "T-" + MARK,
                MARK,
                "12000.00",
                "SKU-" + MARK,
                system.clock().instant().minusSeconds(60));
        shop.client()
                .post(
                        "/api/customer/v1/interactions",
                        Map.of(
                                "externalId",
                                "i-" + MARK,
                                "customerId",
                                "ext:" + MARK,
                                "kind",
                                "visited",
                                "at",
                                system.clock().instant().minusSeconds(60).toString()));
        Waiting.until(() -> shop.inbox(MARK, 10).size() == 1
                && system.sms().receivedBy(shop.phone(MARK)).size() == 1);
        return shop;
    }

    /// A thing of another's is not there; a list of one's own holds nothing of another's.
    private static Optional<String> breach(OpenApiWalk.Call call, Stranger.Answer answer) {
        if (answer.status() >= 500) {
            return Optional.of(answer.status() + " " + answer.body());
        }
        // A refusal may name what was asked for.
        if (answer.body().contains(MARK)
                && !(answer.status() >= 400 && call.path().contains(MARK))) {
            return Optional.of("shows another merchant's: " + answer.body());
        }
        var empty = answer.body().isBlank() || answer.body().contains("\"items\":[]");
        return call.named() && answer.status() < 300 && !empty
                ? Optional.of(answer.status() + " " + answer.body())
                : Optional.empty();
    }

    /// Who has no merchant is refused everywhere but where merchants are made.
    private static Optional<String> breachByOperator(OpenApiWalk.Call call, Stranger.Answer answer) {
        var refused = answer.status() >= 400 && answer.status() < 500;
        return refused || call.toString().equals(MAKES_MERCHANTS)
                ? breach(call, answer)
                : Optional.of(answer.status() + " " + answer.body());
    }
}
