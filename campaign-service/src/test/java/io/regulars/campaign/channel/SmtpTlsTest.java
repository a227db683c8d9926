package io.regulars.campaign.channel;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Under TLS, from the first byte on or after the relay offered it.
class SmtpTlsTest {

    private static final Email MAIL = new Email(
            "key", "暖阳", "a@example.com", "您好", "text", "<p>text</p>", "https://shop.example/unsubscribe/tok");

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    @BeforeAll
    static void certificate() throws Exception {
        certificate = TestCertificate.of(folder, "dns:localhost");
    }

    @Test
    void saysNothingOfAMessageInClearWhereTheRelayOffersTls() throws Exception {
        try (var relay = TestRelay.withStartTls(certificate.holder())) {
            var outcome = send(relay, SmtpConfig.Tls.OPTIONAL, certificate.believer());

            assertThat(outcome).isEqualTo(new Outcome.Sent("<key@regulars.example>"));
            assertThat(relay.lines()).containsExactly("EHLO test", "STARTTLS");
            assertThat(relay.secured())
                    .startsWith("EHLO test", "AUTH PLAIN AHNob3AAc2VjcmV0")
                    .contains("MAIL FROM:<no-reply@regulars.example>", ".");
        }
    }

    @Test
    void speaksUnderTlsFromTheFirstByteOn() throws Exception {
        try (var relay = TestRelay.underTls(certificate.holder())) {
            var outcome = send(relay, SmtpConfig.Tls.IMPLICIT, certificate.believer());

            assertThat(outcome).isInstanceOf(Outcome.Sent.class);
            assertThat(relay.lines()).isEmpty();
            assertThat(relay.secured())
                    .startsWith("EHLO test", "AUTH PLAIN AHNob3AAc2VjcmV0")
                    .contains("MAIL FROM:<no-reply@regulars.example>", ".");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPTIONAL", "REQUIRED", "IMPLICIT"})
    void believesNoCertificateThatNobodyVouchesFor(SmtpConfig.Tls tls) throws Exception {
        assertRefused(tls, certificate, SSLContext.getDefault());
    }

    @ParameterizedTest
    @EnumSource(names = {"OPTIONAL", "REQUIRED", "IMPLICIT"})
    void believesNoCertificateOfAnotherHost(SmtpConfig.Tls tls) throws Exception {
        var another = TestCertificate.of(folder, "dns:mail-" + tls.ordinal() + ".example");

        assertRefused(tls, another, another.believer());
    }

    private static void assertRefused(SmtpConfig.Tls tls, TestCertificate shown, SSLContext ours) throws Exception {
        boolean implicit = tls == SmtpConfig.Tls.IMPLICIT;
        try (var relay = implicit ? TestRelay.underTls(shown.holder()) : TestRelay.withStartTls(shown.holder())) {
            var outcome = send(relay, tls, ours);

            assertThat(outcome.toString()).contains("TryLater", "the relay cannot be reached");
            assertThat(relay.secured()).isEmpty();
            assertThat(relay.lines()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    private static Outcome send(TestRelay relay, SmtpConfig.Tls tls, SSLContext ours) throws Exception {
        var config = new TestSmtp("localhost", relay.port());
        config.login = Optional.of("shop");
        config.tls = Optional.of(tls);
        var smtp = new Smtp(config, Clock.systemUTC(), new MailTls(ours));
        try {
            return smtp.send(MAIL);
        } finally {
            smtp.close();
        }
    }
}
