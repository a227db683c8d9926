package io.regulars.campaign.bounce;

import java.util.Map;
import javax.net.ssl.SSLContext;

import io.regulars.campaign.channel.MailTls;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BounceConfigTest {

    @Test
    void needsNoMailbox() {
        assertThat(config(Map.of()).imap().host()).isEmpty();
    }

    @Test
    void aMailboxIsReadUnderTlsUnlessItIsToldOtherwise() {
        var imap = config(Map.of("regulars.bounces.imap.host", "mail.example")).imap();

        assertThat(imap.tls()).isEqualTo(BounceConfig.Tls.IMPLICIT);
        assertThatThrownBy(() -> new Mailbox(imap, new MailTls(SSLContext.getDefault()), message -> true))
                .hasMessage("regulars.bounces.imap.username is required");
    }

    private static BounceConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(BounceConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(BounceConfig.class);
    }
}
