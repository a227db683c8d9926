package io.regulars.campaign.channel;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.sms.SmsGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What a message needs to go on the wire is made before one is marked as being there.
@QuarkusTest
class ChannelsStandTest {

    @ParameterizedTest
    @ValueSource(classes = {Smtp.class, SmsGateway.class})
    void standBeforeTheFirstMessage(Class<?> channel) {
        var bean = Arc.container().instance(channel).getBean();

        assertThat(Arc.container().getActiveContext(ApplicationScoped.class).get(bean))
                .isNotNull();
    }
}
