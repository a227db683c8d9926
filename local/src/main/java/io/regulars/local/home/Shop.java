package io.regulars.local.home;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The credentials of a merchant of this run.
///
/// @param filled false while its first data is on its way
public record Shop(
        String name,
        String merchantId,
        String ownerEmail,
        String ownerPassword,
        String clientId,
        String clientSecret,
        boolean filled) {

    public static final String DEMO = "demo";

    public static Optional<Shop> named(Home home, String name) {
        var file = file(home, name);
        return Files.exists(file) ? Optional.of(Home.read(file, Shop.class)) : Optional.empty();
    }

    /// Notes that a shop is being filled, so that a half-filled one is known for what it is.
    public static Shop begun(String name) {
        return new Shop(name, null, null, null, null, null, false);
    }

    public void save(Home home) {
        Home.write(file(home, name), this);
    }

    private static Path file(Home home, String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,40}")) {
            throw new IllegalArgumentException("a shop's name has small letters, digits and hyphens: " + name);
        }
        return home.shops().resolve(name + ".json");
    }
}
