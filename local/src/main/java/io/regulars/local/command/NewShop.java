package io.regulars.local.command;

import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.regulars.local.api.ApiClient;
import io.regulars.local.home.Home;
import io.regulars.local.home.Secrets;
import io.regulars.local.home.Shop;

/// `shop NAME`: makes a merchant through the API and keeps its credentials.
final class NewShop {

    static final String MAIN = "main";

    private NewShop() {}

    static void run(Context context, List<String> words) {
        var arguments = Arguments.parse(words, Set.of(), Set.of("--currency", "--time-zone", "--locale"), 1);
        if (arguments.words().isEmpty()) {
            throw new UsageException("which name? ./regulars shop NAME");
        }
        var name = arguments.words().getFirst();
        if (Shop.named(context.home(), name).isPresent()) {
            throw new UsageException("there is a shop " + name + " already");
        }
        var values = arguments.values();
        var shop = create(
                context.gateway(),
                context.home(),
                name,
                values.getOrDefault("--time-zone", "Asia/Shanghai"),
                values.getOrDefault("--currency", "CNY"),
                values.getOrDefault("--locale", "zh-CN"));
        Summary.credentials(context.terminal(), context.gateway(), shop);
    }

    static Shop create(URI gateway, Home home, String name, String timeZone, String currency, String locale) {
        var email = "owner@" + name + ".example";
        var password = password();
        var made = ApiClient.operator(gateway, Secrets.of(home).operator())
                .post(
                        "/api/customer/v1/merchants",
                        Map.of(
                                "name", name,
                                "timeZone", timeZone,
                                "currency", currency,
                                "locale", locale,
                                "owner", Map.of("email", email, "password", password, "name", "Owner")));
        var client = made.path("client");
        var shop = new Shop(
                name,
                made.path("id").asText(),
                email,
                password,
                client.path("clientId").asText(),
                client.path("clientSecret").asText(),
                true);
        shop.save(home);
        return shop;
    }

    private static String password() {
        var bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
