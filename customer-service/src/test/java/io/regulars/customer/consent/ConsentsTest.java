package io.regulars.customer.consent;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.regulars.customer.consent.Consents.Answer;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged.Consent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsentsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<Channel, Consent> GRANTED = Map.of(Channel.SMS, new Consent(true, NOON, "api"));
    private static final Map<Channel, Consent> WITHDRAWN =
            Map.of(Channel.SMS, new Consent(false, NOON, "unsubscribe-link"));

    @Test
    void aProfileAnswersWhereNothingWasAnswered() {
        var decision = Consents.fromProfile(Map.of(), List.of(sms(true, NOON)));

        assertThat(decision.standing().get(Channel.SMS).granted()).isTrue();
        assertThat(decision.changes()).hasSize(1);
    }

    @Test
    void aProfileSentAgainDoesNotUndoAWithdrawal() {
        var decision = Consents.fromProfile(WITHDRAWN, List.of(sms(true, NOON.plusSeconds(60))));

        assertThat(decision.standing()).isEqualTo(WITHDRAWN);
        assertThat(decision.changes()).isEmpty();
    }

    @Test
    void aProfileWithdraws() {
        var decision = Consents.fromProfile(GRANTED, List.of(sms(false, NOON.plusSeconds(60))));

        assertThat(decision.standing().get(Channel.SMS).granted()).isFalse();
    }

    @Test
    void theLatestWordStands() {
        assertThat(Consents.said(WITHDRAWN, List.of(sms(true, NOON.plusSeconds(1))))
                        .standing()
                        .get(Channel.SMS)
                        .granted())
                .isTrue();
        assertThat(Consents.said(WITHDRAWN, List.of(sms(true, NOON.minusSeconds(1))))
                        .changes())
                .isEmpty();
    }

    @Test
    void ofTwoWordsAtOnceTheWithdrawalStands() {
        assertThat(Consents.said(GRANTED, List.of(sms(false, NOON)))
                        .standing()
                        .get(Channel.SMS)
                        .granted())
                .isFalse();
        assertThat(Consents.said(WITHDRAWN, List.of(sms(true, NOON))).changes()).isEmpty();
    }

    private static Answer sms(boolean granted, Instant at) {
        return new Answer(Channel.SMS, new Consent(granted, at, "test"));
    }
}
