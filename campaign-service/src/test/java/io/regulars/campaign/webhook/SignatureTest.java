package io.regulars.campaign.webhook;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignatureTest {

    /// The published example of those who wrote Standard Webhooks.
    @Test
    void isWhatTheExampleSays() {
        var signature = Signature.of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}");

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    /// What the README shows is what the example says.
    @Test
    void isWhatTheReadmeShows() {
        assertThat(Path.of("../README.md"))
                .content()
                .contains("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void ofTwoSecretsStandSideBySide() {
        var one = Signature.newSecret();
        var other = Signature.newSecret();

        assertThat(Signature.of(List.of(one, other), "msg_1", 1, "{}"))
                .isEqualTo(Signature.of(one, "msg_1", 1, "{}") + " " + Signature.of(other, "msg_1", 1, "{}"));
    }

    @Test
    void hasSecretsOf32Bytes() {
        var secret = Signature.newSecret();

        assertThat(secret).startsWith("whsec_").isNotEqualTo(Signature.newSecret());
        assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSize(32);
    }
}
