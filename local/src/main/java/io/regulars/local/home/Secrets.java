package io.regulars.local.home;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Made by the first start.
///
/// @param operator of customer-service's bootstrap client, which makes merchants
/// @param sms what campaign-service signs with
/// @param control what `./regulars` shows to the launcher
public record Secrets(String operator, String sms, String control) {

    public static Secrets of(Home home) {
        var file = home.file("secrets");
        if (!Files.exists(file)) {
            Home.write(file, new Secrets(random(), random(), random()));
        }
        return Home.read(file, Secrets.class);
    }

    private static String random() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
