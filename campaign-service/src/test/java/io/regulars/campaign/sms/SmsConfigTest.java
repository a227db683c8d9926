package io.regulars.campaign.sms;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;
import io.regulars.embedded.SmsSandbox;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The operator's properties.
class SmsConfigTest {

    private static final Map<String, String> TWILIO = Map.of(
            "regulars.sms.providers.abroad.kind", "twilio",
            "regulars.sms.providers.abroad.key", "sandbox",
            "regulars.sms.providers.abroad.secret", "s3cret",
            "regulars.sms.providers.abroad.from", "+15550001111");

    private static SmsGateway gateway(Map<String, String> properties) {
        return gateway(properties, Map.of());
    }

    private static SmsGateway gateway(Map<String, String> properties, Map<String, String> environment) {
        SmsConfig config = new SmallRyeConfigBuilder()
                .withMapping(SmsConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(SmsConfig.class);
        return new SmsGateway(config, Clock.systemUTC(), "https://r.example/");
    }

    private static Map<String, String> with(Map<String, String> properties, String... more) {
        Map<String, String> all = new HashMap<>(properties);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    @Test
    void oneUrlIsOneGatewayThatKnowsItsKeys() {
        var gateway = gateway(Map.of("regulars.sms.url", "http://localhost:1/sms", "regulars.sms.secret", "s"));

        assertThat(gateway.provider("gateway")).isPresent();
        assertThat(gateway.idempotent()).isTrue();
        gateway.close();
    }

    @Test
    void withoutAnyNothingIsLost() {
        var gateway = gateway(Map.of());

        assertThat(gateway.send(new Sms("k", "+15550002222", "t"))).isInstanceOf(Outcome.TryLater.class);
        assertThat(gateway.provider("gateway")).isEmpty();
    }

    @Test
    void providersAreTriedInTheirOrder() {
        try (var sandbox = SmsSandbox.start(0, "s3cret", Clock.systemUTC())) {
            var gateway = gateway(with(
                    TWILIO,
                    "regulars.sms.url",
                    sandbox.url().toString(),
                    "regulars.sms.secret",
                    "s3cret",
                    "regulars.sms.providers.abroad.url",
                    sandbox.root().toString(),
                    "regulars.sms.order",
                    "gateway,abroad"));
            sandbox.failNext(429);

            assertThat(gateway.send(new Sms("k", "+15550002222", "t"))).isEqualTo(new Outcome.Sent("abroad:sms-1"));
            gateway.close();
        }
    }

    @Test
    void theEnvironmentNamesThemToo() {
        var gateway = gateway(
                Map.of(),
                Map.of(
                        "REGULARS_SMS_PROVIDERS_CLOUD_KIND", "aliyun",
                        "REGULARS_SMS_PROVIDERS_CLOUD_KEY", "k",
                        "REGULARS_SMS_PROVIDERS_CLOUD_SECRET", "s",
                        "REGULARS_SMS_PROVIDERS_CLOUD_TEMPLATE", "SMS_1",
                        "REGULARS_SMS_PROVIDERS_CLOUD_RECEIPTS_TOKEN", "t"));

        assertThat(gateway.provider("cloud")).containsInstanceOf(AliyunSms.class);
        gateway.close();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> gateway(Map.of(
                        "regulars.sms.providers.cloud.kind", "aliyun",
                        "regulars.sms.providers.cloud.key", "k",
                        "regulars.sms.providers.cloud.secret", "s")))
                .hasMessage("regulars.sms.providers.cloud.template is required");
        assertThatThrownBy(() -> gateway(with(TWILIO, "regulars.sms.order", "aborad")))
                .hasMessage("regulars.sms.order names aborad, which is no provider");
        assertThatThrownBy(() -> gateway(Map.of("regulars.sms.providers.bounces.kind", "twilio")))
                .hasMessage("regulars.sms.providers.bounces needs another name");
    }
}
