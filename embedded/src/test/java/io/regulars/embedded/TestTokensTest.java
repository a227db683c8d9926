package io.regulars.embedded;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestTokensTest {

    @Test
    void aTokenIsSignedByThePublishedKeyAndCarriesMerchantAndRoles() throws Exception {
        var parts = TestTokens.bearer(7, "owner", "analyst").split("\\.");

        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey())));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains("\"merchant\":7", "\"groups\":[\"owner\",\"analyst\"]");
    }

    private static byte[] publicKey() {
        return Base64.getMimeDecoder().decode(TestTokens.publicKey().replaceAll("-----[A-Z ]+-----", ""));
    }
}
