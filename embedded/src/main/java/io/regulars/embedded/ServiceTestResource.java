package io.regulars.embedded;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/// What a service needs around it in a `@QuarkusTest`: an empty database, Kafka, mail and SMS sandboxes, and the key of
/// `TestTokens` as the one it trusts. The servers outlive the application, for the next test class to use.
public final class ServiceTestResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        var config = new HashMap<String, String>();
        config.put("quarkus.datasource.jdbc.url", Sandboxes.freshDatabase());
        config.put("quarkus.datasource.username", Postgres.USER);
        config.put("quarkus.datasource.password", Postgres.PASSWORD);
        config.put("kafka.bootstrap.servers", Sandboxes.kafkaBootstrap());
        config.put("quarkus.mailer.host", "localhost");
        config.put("quarkus.mailer.port", Integer.toString(Sandboxes.mail().port()));
        config.put("quarkus.mailer.mock", "false");
        config.put("regulars.sms.url", Sandboxes.sms().url().toString());
        config.put("regulars.sms.secret", Sandboxes.sms().secret());
        config.put("quarkus.oidc.public-key", TestTokens.publicKey());
        config.put("regulars.issuer", TestTokens.ISSUER);
        return config;
    }

    @Override
    public void stop() {
        Sandboxes.mail().clear();
        Sandboxes.sms().clear();
    }
}
