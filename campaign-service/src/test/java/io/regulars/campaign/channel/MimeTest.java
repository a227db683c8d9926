package io.regulars.campaign.channel;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What is written is what another mail library reads.
class MimeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain ASCII\nof two lines\n",
                "no line end",
                "old\r\nline\rends\n",
                ".dots\n.\n..\n",
                "mostly ASCII, for 5 € = five",
                "双十一大促，您好！\n全场五折",
                "--=_key\nlooks like the end of a part",
                ""
            })
    void keepsTheTextAsItIs(String text) throws Exception {
        var read =
                read(new Email("key", "n", "a@example.com", "s", text, "<p>" + text + "</p>", "https://u.example/t"));

        var parts = (MimeMultipart) read.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(unix(parts.getBodyPart(0).getContent())).isEqualTo(unix(text));
        assertThat(unix(parts.getBodyPart(1).getContent())).isEqualTo(unix("<p>" + text + "</p>"));
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
    }

    @Test
    void writesNoLineThatARelayMustNotTake() {
        var mime = bytes(new Email("key", "暖阳", "a@example.com", "您".repeat(200), "x".repeat(5_000), "h", "https://u"));

        assertThat(new String(mime, StandardCharsets.UTF_8).split("\r\n"))
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(998).doesNotContain("\n", "\r"));
    }

    @Test
    void saysWhoWritesToWhomAndHowToLeave() throws Exception {
        var read = read(new Email(
                "key", "暖阳小店", "a@example.com", "张三，您好\r\nBcc: x@y.example", "t", "h", "https://u.example/t"));

        assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo("暖阳小店");
        assertThat(read.getFrom()[0].toString()).contains("<shop@regulars.example>");
        assertThat(read.getAllRecipients()).containsExactly(new InternetAddress("a@example.com"));
        assertThat(read.getSubject()).isEqualTo("张三，您好 Bcc: x@y.example");
        assertThat(read.getMessageID()).isEqualTo("<key@regulars.example>");
        assertThat(read.getSentDate()).isEqualTo(NOW);
        assertThat(read.getHeader("List-Unsubscribe")).containsExactly("<https://u.example/t>");
        assertThat(read.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(read.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\"Tea\", more",
                "=?UTF-8?B?RG8gbm90IGRlY29kZSBtZQ==?=",
                "far" + "                                                                                        "
                        + "away",
                "é",
                "暖阳",
                "🎁🎁🎁🎁🎁🎁🎁🎁🎁🎁🎁🎁",
                "x👨‍👩‍👧 and ASCII that is longer than a word can be",
                "您好您好您好您好您好您好您好您好您好您好您好您好您好您好您好您好"
            })
    void namesAndSubjectsComeAsTheyAre(String text) throws Exception {
        var read = read(new Email("key", text, "a@example.com", text, "t", "h", "https://u"));

        assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo(text.strip());
        assertThat(read.getSubject()).isEqualTo(text);
        assertThat(read.getHeader("Subject")[0].lines())
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThanOrEqualTo(76 - "Subject: ".length())
                        .matches("\\p{ASCII}*"));
    }

    private static String unix(Object content) {
        return content.toString().replace("\r\n", "\n").replace('\r', '\n');
    }

    private static MimeMessage read(Email email) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes(email)));
    }

    private static byte[] bytes(Email email) {
        try {
            return Mime.of(new InternetAddress("shop@regulars.example"), email, NOW)
                    .bytes();
        } catch (jakarta.mail.internet.AddressException e) {
            throw new AssertionError(e);
        }
    }
}
