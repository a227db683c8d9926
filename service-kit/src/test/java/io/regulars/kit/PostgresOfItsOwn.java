package io.regulars.kit;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.regulars.embedded.Ports;
import io.regulars.embedded.Postgres;
import io.regulars.embedded.ServiceTestResource;

/// A server that a test may stop and start again, by its fields `stopServer` and `startServer`; and a small pool.
public final class PostgresOfItsOwn implements QuarkusTestResourceLifecycleManager {

    private final ServiceTestResource others = new ServiceTestResource();
    private final Path data = target("postgres-" + UUID.randomUUID());
    private final int port = Ports.free();
    private Postgres server;

    @Override
    public Map<String, String> start() {
        Map<String, String> config = others.start();
        startServer();
        config.put("quarkus.datasource.jdbc.url", server.jdbcUrl("postgres"));
        config.put("quarkus.datasource.jdbc.max-size", "4");
        config.put("quarkus.datasource.jdbc.acquisition-timeout", "1s");
        return config;
    }

    /// Plain runnables, since the test may have been loaded by another class loader.
    @Override
    public void inject(TestInjector test) {
        test.injectIntoFields(
                (Runnable) () -> server.close(), field -> field.getName().equals("stopServer"));
        test.injectIntoFields(
                (Runnable) this::startServer, field -> field.getName().equals("startServer"));
    }

    @Override
    public void stop() {
        server.close();
        others.stop();
    }

    private void startServer() {
        server = Postgres.start(data, target("postgres-binaries"), port, null);
    }

    private static Path target(String name) {
        return Path.of("target", name).toAbsolutePath();
    }
}
