package io.regulars.campaign.link;

import java.nio.charset.StandardCharsets;

import io.regulars.campaign.link.LinkTokens.Kind;
import io.regulars.campaign.link.LinkTokens.Ref;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinkTokensTest {

    private final LinkTokens tokens = new LinkTokens("secret".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0", "2147483647, 9007199254740991, 9007199254740991, 9999", "127, 128, 16384, 1"})
    void readsWhatItWrote(int merchant, long customer, long message, int link) {
        var ref = new Ref(merchant, customer, message, link);

        String token = tokens.write(Kind.LINK, ref);

        assertThat(token).matches("[0-9a-z]{20,60}");
        assertThat(tokens.read(Kind.LINK, token)).contains(ref);
        assertThat(tokens.read(Kind.LINK, token.toUpperCase(java.util.Locale.ROOT)))
                .contains(ref);
    }

    @Test
    void everyChangedLetterMakesItNobodys() {
        String token = tokens.write(Kind.LINK, new Ref(1_130_001, 77, 4_711, 2));

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == '7' ? '8' : '7';
            String tampered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.read(Kind.LINK, tampered)).as(tampered).isEmpty();
        }
    }

    @Test
    void oneOfALinkIsNoneOfAPictureOrAMail() {
        String token = tokens.write(Kind.LINK, new Ref(1, 2, 3, 0));

        assertThat(tokens.read(Kind.PICTURE, token)).isEmpty();
        assertThat(tokens.read(Kind.MAIL, token)).isEmpty();
    }

    @Test
    void oneOfAnotherInstallationIsNone() {
        var others = new LinkTokens("other".getBytes(StandardCharsets.UTF_8));

        assertThat(tokens.read(Kind.LINK, others.write(Kind.LINK, new Ref(1, 2, 3, 0))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "z", "../../etc/passwd", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "ä"})
    void nonsenseIsNone(String token) {
        assertThat(tokens.read(Kind.LINK, token)).isEmpty();
    }

    @Property(tries = 1_000, seed = "50")
    void whateverComesIsNone(@ForAll String token) {
        for (Kind kind : Kind.values()) {
            assertThat(tokens.read(kind, token)).isEmpty();
        }
    }
}
