package io.regulars.embedded;

/// The database server and the broker that all tests of this JVM use, whatever class loader they run in.
///
/// Quarkus loads the tests of each profile in a class loader of their own and closes it afterwards. A server that was
/// started in one would be one of many, and end with it; so these live in the system class loader.
public final class SharedServers {

    private static Postgres postgres;
    private static KafkaBroker kafka;

    private SharedServers() {}

    public static synchronized int postgresPort() {
        if (postgres == null) {
            postgres = Postgres.startTemporary();
            closeAtEnd(postgres);
        }
        return postgres.port();
    }

    public static synchronized String kafkaBootstrap() {
        if (kafka == null) {
            kafka = KafkaBroker.startTemporary();
            closeAtEnd(kafka);
        }
        return kafka.bootstrapServers();
    }

    /// Calls a method of this class as the system class loader has it.
    static Object call(String method) {
        var system = ClassLoader.getSystemClassLoader();
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        // Kafka looks for its plug-ins in the context class loader, and its threads inherit it.
        thread.setContextClassLoader(system);
        try {
            return Class.forName(SharedServers.class.getName(), true, system)
                    .getMethod(method)
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no server for the tests", e);
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private static void closeAtEnd(AutoCloseable server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stop-test-server"));
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException("a server of the tests did not stop", e);
        }
    }
}
