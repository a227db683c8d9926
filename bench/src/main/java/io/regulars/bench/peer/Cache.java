package io.regulars.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where fetched peers are kept between runs.
final class Cache {

    private Cache() {}

    static Path folder(String name) throws IOException {
        var base = System.getenv("XDG_CACHE_HOME");
        var cache = base == null || base.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return Files.createDirectories(cache.resolve("regulars-bench").resolve(name));
    }
}
