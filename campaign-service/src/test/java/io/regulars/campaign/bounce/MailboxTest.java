package io.regulars.campaign.bounce;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.regulars.campaign.channel.MailTls;
import io.regulars.campaign.channel.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Against a server that speaks IMAP on a socket.
class MailboxTest {

    private static final String USER = "bounces@regulars.example";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void start() {
        server.setUser(USER, USER, "secret");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void readsEachMessageOnceAndMarksIt() throws Exception {
        arrive("one", "two");
        var mailbox = mailbox(10, null, true);

        assertThat(mailbox.read()).isFalse();
        mailbox.read();

        assertThat(read).hasSize(2);
        assertThat(read.getFirst()).contains("Subject: one", "To: " + USER, "the text of one");
        assertThat(messages()).allMatch(message -> message.isSet(Flags.Flag.SEEN));
    }

    @Test
    void readsSoManyAtOnce() throws Exception {
        arrive("one", "two", "three");
        var mailbox = mailbox(2, null, true);

        assertThat(mailbox.read()).isTrue();
        assertThat(read).hasSize(2);
        assertThat(mailbox.read()).isFalse();
        assertThat(read).hasSize(3);
    }

    @Test
    void whatHasNoEffectYetIsReadAgainAndHoldsUpNobody() throws Exception {
        arrive("one", "two");
        var failing = new Mailbox(imap(10, null, BounceConfig.Tls.NONE), jdk(), message -> {
            read.add(text(message));
            if (text(message).contains("Subject: one")) {
                throw new IllegalStateException("the database is away");
            }
            return true;
        });

        failing.read();
        assertThat(read).hasSize(2);
        mailbox(10, null, true).read();

        assertThat(read).hasSize(3);
        assertThat(read.getLast()).contains("Subject: one");
    }

    @Test
    void whatCannotBeReadIsFlaggedForAPerson() throws Exception {
        arrive("one");

        mailbox(10, null, false).read();
        mailbox(10, null, false).read();

        assertThat(read).hasSize(1);
        assertThat(messages()).allMatch(message -> message.isSet(Flags.Flag.FLAGGED) && message.isSet(Flags.Flag.SEEN));
    }

    @Test
    void movesWhatIsDoneWhereItIsTold() throws Exception {
        arrive("one");

        mailbox(10, "done", true).read();

        assertThat(messages()).isEmpty();
        var inbox = server.getManagers()
                .getImapHostManager()
                .getFolder(server.getUserManager().getUser(USER), "done");
        assertThat(inbox.getMessageCount()).isOne();
    }

    @Test
    void readsTheBeginningOfAMessageThatIsTooLong() throws Exception {
        arrive("x".repeat(2 * ReportReader.LONGEST_MESSAGE));

        mailbox(10, null, true).read();

        assertThat(read).singleElement().satisfies(text -> assertThat(text).hasSize(ReportReader.LONGEST_MESSAGE));
    }

    @Test
    void asksForTlsUnlessItIsToldOtherwise() throws Exception {
        arrive("one");

        for (var tls : List.of(BounceConfig.Tls.IMPLICIT, BounceConfig.Tls.STARTTLS)) {
            var careful = new Mailbox(imap(10, null, tls), jdk(), message -> read.add(text(message)));
            assertThatThrownBy(careful::read).isInstanceOf(MessagingException.class);
        }

        assertThat(read).isEmpty();
    }

    @Test
    void readsUnderTlsWhereItBelievesTheServer(@TempDir Path folder) throws Exception {
        var certificate = TestCertificate.of(folder, "ip:127.0.0.1");
        System.setProperty("greenmail.tls.keystore.file", certificate.file().toString());
        System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
        var secured = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS));
        try {
            secured.setUser(USER, USER, "secret");
            secured.start();
            secured.getUserManager()
                    .getUser(USER)
                    .deliver(GreenMailUtil.createTextEmail(
                            USER, "m@x.example", "one", "the text of one", ServerSetup.IMAP));
            var imap = TestImap.of(secured.getImaps().getPort(), USER, 10, null, BounceConfig.Tls.IMPLICIT);

            assertThatThrownBy(() -> new Mailbox(imap, jdk(), message -> true).read())
                    .isInstanceOf(MessagingException.class);
            new Mailbox(imap, new MailTls(certificate.believer()), message -> read.add(text(message))).read();

            assertThat(read).singleElement().asString().contains("the text of one");
        } finally {
            secured.stop();
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    private static MailTls jdk() throws NoSuchAlgorithmException {
        return new MailTls(SSLContext.getDefault());
    }

    private void arrive(String... subjects) throws MessagingException {
        for (String subject : subjects) {
            String shown = subject.substring(0, Math.min(subject.length(), 100));
            MimeMessage message = GreenMailUtil.createTextEmail(
                    USER, "m@x.example", shown, "the text of " + subject, ServerSetup.IMAP);
            server.getUserManager().getUser(USER).deliver(message);
        }
    }

    private List<StoredMessage> messages() throws FolderException {
        return server.getManagers()
                .getImapHostManager()
                .getInbox(server.getUserManager().getUser(USER))
                .getMessages();
    }

    private Mailbox mailbox(int batch, String doneFolder, boolean good) throws NoSuchAlgorithmException {
        return new Mailbox(imap(batch, doneFolder, BounceConfig.Tls.NONE), jdk(), message -> {
            read.add(text(message));
            return good;
        });
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }

    private BounceConfig.Imap imap(int batch, String doneFolder, BounceConfig.Tls tls) {
        return TestImap.of(server.getImap().getPort(), USER, batch, doneFolder, tls);
    }
}
