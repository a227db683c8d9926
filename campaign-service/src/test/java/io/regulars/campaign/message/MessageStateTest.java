package io.regulars.campaign.message;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageStateTest {

    @Test
    void refusesAWrongTurnAndNamesTheStateItIsIn() {
        assertThatThrownBy(() -> MessageState.UNCERTAIN.become(MessageState.PLANNED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a message that is uncertain cannot become planned; it can become [bounced,");
    }

    @Test
    void goesOnTheWireFromAClaimOnly() {
        assertThat(MessageState.TRANSMITTING.before()).containsExactly("claimed");
    }

    @Test
    void neverGoesBackOnceItIsSent() {
        assertThat(MessageState.PLANNED.before()).doesNotContain("sent", "delivered", "uncertain", "skipped", "failed");
    }
}
