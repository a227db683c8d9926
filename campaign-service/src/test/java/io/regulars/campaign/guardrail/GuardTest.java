package io.regulars.campaign.guardrail;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GuardTest {

    @Test
    void namesTheGuardrailAndLeavesOutWhatIsOneMessagesOwn() {
        assertThat(Guard.of("quiet hours in Asia/Shanghai until 2026-03-01T08:00"))
                .isEqualTo(new Guard("quiet hours", "quiet hours"));
        assertThat(Guard.of("cap of 2 SMS messages per PT168H is reached"))
                .isEqualTo(new Guard("cap", "cap of 2 SMS messages per PT168H is reached"));
        assertThat(Guard.of("the address is suppressed: complaint"))
                .isEqualTo(new Guard("suppression", "the address is suppressed"));
        assertThat(Guard.of("in the holdout of 10 %").name()).isEqualTo("holdout");
        assertThat(Guard.of("something new")).isEqualTo(new Guard("other", "something new"));
    }
}
