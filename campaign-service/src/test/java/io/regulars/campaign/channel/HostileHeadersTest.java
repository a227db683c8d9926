package io.regulars.campaign.channel;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/// Whatever a name, a subject, an address or a link holds, the message has the headers that it should have.
class HostileHeadersTest {

    private static final List<String> HEADERS = List.of(
            "Auto-Submitted",
            "Content-Type",
            "Date",
            "From",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Message-ID",
            "Subject",
            "To");
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\r\n ",
            "\r\n\r\n",
            "Bcc: x@y.example",
            "<script>",
            "\u0000",
            "\u0085",
            "\u2028",
            "😀",
            "👨‍👩‍👧",
            "\ud83d",
            "暖阳",
            "=?UTF-8?Q?=0D=0ABcc:_x@y.example?=",
            "\"",
            "\\",
            ",",
            ";",
            "<",
            ">",
            "(",
            " ",
            "          ",
            "x",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(10))
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 1_000, seed = "46")
    void noHeaderIsAdded(@ForAll("texts") String name, @ForAll("texts") String subject, @ForAll("texts") String link)
            throws Exception {
        var email = new Email("key.tok", name, "a@example.com", subject, "t", "h", "https://u.example/" + link);

        byte[] bytes = Mime.of(new InternetAddress("shop@regulars.example"), email, Instant.EPOCH)
                .bytes();

        var read = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
        assertThat(Collections.list(read.getAllHeaders()))
                .extracting(jakarta.mail.Header::getName)
                .containsExactlyInAnyOrderElementsOf(HEADERS);
        assertThat(read.getFrom()).hasSize(1);
        assertThat(((InternetAddress) read.getFrom()[0]).getAddress()).isEqualTo("shop@regulars.example");
        assertThat(read.getAllRecipients()).containsExactly(new InternetAddress("a@example.com"));
        String head = new String(bytes, StandardCharsets.UTF_8).split("\r\n\r\n", 2)[0];
        assertThat(Arrays.asList(head.split("\r\n")))
                .allSatisfy(line -> assertThat(line).isNotBlank().doesNotContain("\r", "\n", "\u0000"))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(998));
    }

    @Property(tries = 1_000, seed = "47")
    void anAddressIsOneOrNone(@ForAll("texts") String noise) {
        for (String to : List.of(noise, "a" + noise + "@example.com", "a@example.com" + noise)) {
            try {
                var mime = Mime.of(
                        new InternetAddress("shop@regulars.example"),
                        new Email("k", "n", to, "s", "t", "h", null),
                        Instant.EPOCH);

                assertThat(mime.to()).doesNotContain("\r", "\n", "\u0000", " ", ",");
            } catch (AddressException stated) {
                assertThat(stated).isNotNull();
            }
        }
    }
}
