package io.regulars.campaign.channel;

import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

import jakarta.mail.internet.AddressException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What each way of failing at each command means.
class SmtpTest {

    private static final Email MAIL = new Email(
            "key", "暖阳", "a@example.com", "您好", "text", "<p>text</p>", "https://shop.example/unsubscribe/tok");

    private static final String FAILURES = """
            MAIL, 421 try later, TryLater
            MAIL, 550 no relaying, Refused
            RCPT, 450 mailbox busy, TryLater
            RCPT, 550 no such user, Refused
            DATA, 451 not now, TryLater
            DATA, 554 spam, Refused
            ., 452 out of space, TryLater
            ., 554 spam, Refused
            MAIL, hang up, TryLater
            RCPT, hang up, TryLater
            DATA, hang up, TryLater
            ., hang up, Unknown
            ., silence, Unknown
            RCPT, silence, TryLater
            """;

    private final TestRelay relay = TestRelay.inClear();
    private final Map<String, String> replies = relay.replies();
    private final List<String> lines = relay.lines();
    private final TestSmtp config = new TestSmtp("localhost", relay.port());
    private Smtp smtp;

    @BeforeEach
    void open() throws AddressException, NoSuchAlgorithmException {
        config.tls = Optional.of(SmtpConfig.Tls.DISABLED);
        smtp = new Smtp(config, Clock.systemUTC(), new MailTls(SSLContext.getDefault()));
    }

    @AfterEach
    void close() {
        smtp.close();
        relay.close();
    }

    @Test
    void sendsAndKeepsItsConnection() {
        assertThat(smtp.send(MAIL)).isEqualTo(new Outcome.Sent("<key@regulars.example>"));
        assertThat(smtp.send(MAIL)).isInstanceOf(Outcome.Sent.class);
        assertThat(relay.connections()).isEqualTo(1);
    }

    @Test
    void comesBackToAnAddressThatNamesTheMessage() {
        smtp.send(new Email("cause.name1", "n", "a@example.com", "s", "t", "h", "https://u.example"));

        assertThat(lines).anyMatch(line -> line.startsWith("MAIL FROM:<bounce+name1@regulars.example>"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = FAILURES)
    void knowsWhetherTheMessageMayHaveBeenTakenFromARelayThatTakesCommandsInAGroup(
            String command, String reply, String outcome) {
        replies.put("EHLO", "250-test\r\n250-PIPELINING\r\n250 8BITMIME");

        knowsWhetherTheMessageMayHaveBeenTaken(command, reply, outcome);
    }

    @ParameterizedTest
    @CsvSource(textBlock = FAILURES)
    void knowsWhetherTheMessageMayHaveBeenTaken(String command, String reply, String outcome) {
        replies.put(command, reply);

        Outcome found = smtp.send(MAIL);

        assertThat(found.getClass().getSimpleName()).isEqualTo(outcome);
        if (Character.isDigit(reply.charAt(0))) {
            assertThat(found.toString()).contains(reply.substring(4));
        }
    }

    @Test
    void triesAFreshConnectionWhereTheRelayClosedTheRestingOne() {
        smtp.send(MAIL);
        replies.put("MAIL", "hang up once");

        assertThat(smtp.send(MAIL)).isInstanceOf(Outcome.Sent.class);
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void triesAFreshConnectionWhereTheRelayTookLeaveOfTheRestingOne() {
        smtp.send(MAIL);
        replies.put("MAIL", "421 too long idle");
        replies.put("once", "MAIL");

        assertThat(smtp.send(MAIL)).isInstanceOf(Outcome.Sent.class);
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void logsIn() {
        replies.put("EHLO", "250-test\r\n250 AUTH LOGIN PLAIN");
        replies.put("AUTH", "235 welcome");
        config.login = Optional.of("shop");

        assertThat(smtp.send(MAIL)).isInstanceOf(Outcome.Sent.class);
        assertThat(lines).contains("AUTH PLAIN AHNob3AAc2VjcmV0");
    }

    @Test
    void triesLaterWhereItsLoginIsRefused() {
        replies.put("EHLO", "250-test\r\n250 AUTH PLAIN");
        replies.put("AUTH", "535 no");
        config.login = Optional.of("shop");

        assertThat(smtp.send(MAIL)).isInstanceOf(Outcome.TryLater.class);
        assertThat(lines).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void sendsAMessageAsItIsWhateverItsLinesBeginWith() {
        var dotted = new Email("key", "n", "a@example.com", "s", ".\n..\n.end\nend", "<p>.</p>", "https://u.example");

        assertThat(smtp.send(dotted)).isInstanceOf(Outcome.Sent.class);
        assertThat(lines).containsSequence("..", "...", "..end", "end").endsWith("--=_key--", ".");
    }

    @Test
    void logsInUnderTlsOnly() {
        replies.put("EHLO", "250-test\r\n250 AUTH PLAIN");
        config.login = Optional.of("shop");
        config.tls = Optional.empty();

        assertThat(smtp.send(MAIL).toString())
                .contains("TryLater", "offers no STARTTLS, which is required (regulars.smtp.tls)");
        assertThat(lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
    }

    @Test
    void needsNoTlsWhereItLogsInNowhere() {
        config.tls = Optional.empty();

        assertThat(smtp.send(MAIL)).isInstanceOf(Outcome.Sent.class);
    }

    @Test
    void triesLaterWhereTlsIsRefused() {
        replies.put("EHLO", "250-test\r\n250 STARTTLS");
        replies.put("STARTTLS", "454 not now");
        config.tls = Optional.empty();

        assertThat(smtp.send(MAIL)).isInstanceOf(Outcome.TryLater.class);
        assertThat(lines).noneMatch(line -> line.startsWith("MAIL"));
    }

    /// CVE-2011-0411 and its like: what stands in the buffer when TLS begins is nobody's answer under TLS.
    @Test
    void believesNothingThatWasSlippedInBeforeTls() {
        replies.put("EHLO", "250-test\r\n250 STARTTLS");
        replies.put("STARTTLS", "220 go\r\n250-slipped\r\n250 AUTH PLAIN");
        config.tls = Optional.of(SmtpConfig.Tls.REQUIRED);

        assertThat(smtp.send(MAIL).toString()).contains("TryLater", "in clear");
        assertThat(lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "25000 fine",
                "250fine",
                "999 fine",
                "2",
                "\u0000\u0000\u0000\u0000",
                "ENDLESS LINE",
                "ENDLESS LINES",
                "99999999999999999999 fine"
            })
    void takesNonsenseForNoAnswer(String reply) {
        replies.put(
                "RCPT",
                switch (reply) {
                    case "ENDLESS LINE" -> "250-" + "x".repeat(500_000);
                    case "ENDLESS LINES" -> "250-x\r\n".repeat(50_000) + "250 x";
                    default -> reply;
                });

        assertThat(smtp.send(MAIL).toString()).contains("TryLater", "the relay speaks no SMTP");
    }

    @Test
    void keepsNoAddressAndNoControlCharacterOfWhatTheRelaySays() {
        replies.put("RCPT", "550 5.1.1 <a@example.com>: no\u0000 such \"zhang san\"@example.com, call +8613800138000");

        assertThat(smtp.send(MAIL))
                .isEqualTo(new Outcome.Refused("550 5.1.1 <[address]>: no such [address], call [number]"));
    }

    @Test
    void triesLaterWhereNobodyListens() {
        relay.close();

        assertThat(smtp.send(MAIL)).isInstanceOf(Outcome.TryLater.class);
    }

    @ParameterizedTest
    @CsvSource({"no address", "'a@b.example\r\nBcc: x@y.example'", "'a@b.example,c@d.example'"})
    void refusesWhatIsNoAddress(String to) {
        assertThat(smtp.send(new Email("k", "n", to, "s", "t", "h", "u"))).isInstanceOf(Outcome.Refused.class);
        assertThat(relay.connections()).isEqualTo(0);
    }
}
