package io.regulars.campaign.bounce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import jakarta.mail.MessagingException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/// Whatever is posted: a report, or one of the stated exceptions, in no time.
class HostileReportsTest {

    private static final List<String> PIECES = List.of(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n",
            "Content-Type: multipart/report; boundary*0=\"b\"; boundary*1*=%00%ff\r\n",
            "Content-Type: message/delivery-status\r\n",
            "Content-Type: message/feedback-report\r\n",
            "Content-Type: text/rfc822-headers\r\n",
            "Content-Type: ;;;=\"\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: uuencode\r\n",
            "Content-Transfer-Encoding: x-none\r\n",
            "\r\n--b\r\n",
            "\r\n--b--\r\n",
            "\r\n\r\n",
            "Final-Recipient: rfc822; \r\n",
            "Final-Recipient: ;;;a@b\r\n",
            "Original-Recipient: @\r\n",
            "Action: failed\r\n",
            "Status: 5.1.1\u0000\r\n",
            "Status: 99999999999999999999\r\n",
            "Feedback-Type: abuse\r\n",
            "Message-ID: <<<<a.abcdefghij0123456789klmnopqrs@x>\r\n",
            "To: <bounce+abcdefghij0123456789klmnopqrs@x>, \"\u00e9\r\n",
            "\t folded\r\n",
            ":\r\n",
            "\u0000\u0001\u007f");

    @Provide
    Arbitrary<String> messages() {
        Arbitrary<String> noise = Arbitraries.strings().ofMaxLength(30);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, Arbitraries.of(PIECES)), net.jqwik.api.Tuple.of(1, noise))
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 1_000, seed = "42")
    void isReadOrRefused(@ForAll("messages") String message) {
        try {
            MailReport report = ReportReader.read(message.getBytes(StandardCharsets.UTF_8));

            assertThat(report.reason()).doesNotContain("\u0000").hasSizeLessThanOrEqualTo(300);
        } catch (MessagingException | IOException stated) {
            assertThat(stated).isNotNull();
        }
    }

    @Property(tries = 300, seed = "43")
    void bytesAreReadOrRefused(@ForAll byte[] noise) {
        var message = new byte[PIECES.getFirst().length() + 7 + noise.length];
        byte[] head = (PIECES.getFirst() + "\r\n--b\r\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, message, 0, Math.min(head.length, message.length));
        System.arraycopy(noise, 0, message, message.length - noise.length, noise.length);
        try {
            ReportReader.read(message);
        } catch (MessagingException | IOException stated) {
            assertThat(stated).isNotNull();
        }
    }

    @Test
    void tenMegabytesOfPartsHeadersAndBlanksTakeNoTime() {
        String head = PIECES.getFirst() + "\r\n";
        for (String piece : List.of(
                "--b\r\n\r\n",
                "--b\r\nContent-Type: message/delivery-status\r\n\r\nStatus: " + "\r".repeat(1_000),
                "<.",
                "a:\r\n",
                "\n \t",
                "+abcdefghij0123456789klm")) {
            String message = head + piece.repeat(10_000_000 / piece.length());
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                try {
                    ReportReader.read(message.getBytes(StandardCharsets.UTF_8));
                    ReportReader.read(
                            (piece.repeat(10_000_000 / piece.length()) + head).getBytes(StandardCharsets.UTF_8));
                } catch (MessagingException | IOException stated) {
                    assertThat(stated).isNotNull();
                }
            });
        }
    }
}
