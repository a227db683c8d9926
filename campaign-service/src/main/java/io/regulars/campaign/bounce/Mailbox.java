package io.regulars.campaign.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;

import io.regulars.campaign.channel.MailTls;
import io.regulars.campaign.channel.Words;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jboss.logging.Logger;

/// The mailbox of what comes back, over IMAP. A message is marked as seen when its effect is committed, and
/// is read again where that mark was lost: then it changes nothing. One that cannot be read is marked and
/// flagged, so that a person finds it and it holds up nobody.
final class Mailbox {

    private static final Logger LOG = Logger.getLogger(Mailbox.class);

    /// A poll ends then, however slowly the server answers, and goes on later.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final int FETCHED_AT_ONCE = 64 * 1_024;

    /// What a message is for.
    @FunctionalInterface
    interface Reader {

        /// @return whether it was a message; its effect is committed then
        boolean take(byte[] message);
    }

    private final BounceConfig.Imap config;
    private final SSLSocketFactory secured;
    private final Reader reader;

    /// @throws IllegalStateException where the operator has not said whose it is
    Mailbox(BounceConfig.Imap config, MailTls tls, Reader reader) {
        given("username", config.username());
        given("password", config.password());
        this.config = config;
        this.secured = tls.sockets();
        this.reader = reader;
    }

    /// @return whether there is more
    boolean read() throws MessagingException {
        boolean implicit = config.tls() == BounceConfig.Tls.IMPLICIT;
        String protocol = implicit ? "imaps" : "imap";
        try (Store store = Session.getInstance(properties(protocol)).getStore(protocol)) {
            store.connect(
                    given("host", config.host()),
                    config.port().orElse(implicit ? 993 : 143),
                    given("username", config.username()),
                    given("password", config.password()));
            Folder folder = store.getFolder(config.folder());
            folder.open(Folder.READ_WRITE);
            try {
                return read(store, folder);
            } finally {
                if (folder.isOpen()) {
                    folder.close(config.doneFolder().isPresent());
                }
            }
        }
    }

    private static String given(String name, Optional<String> value) {
        return value.orElseThrow(() -> new IllegalStateException("regulars.bounces.imap." + name + " is required"));
    }

    private Properties properties(String protocol) {
        var properties = new Properties();
        String millis = String.valueOf(config.timeout().toMillis());
        List.of("connectiontimeout", "timeout", "writetimeout")
                .forEach(name -> properties.setProperty("mail." + protocol + "." + name, millis));
        boolean startTls = config.tls() == BounceConfig.Tls.STARTTLS;
        properties.setProperty("mail.imap.starttls.enable", String.valueOf(startTls));
        properties.setProperty("mail.imap.starttls.required", String.valueOf(startTls));
        properties.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
        properties.put("mail." + protocol + ".ssl.socketFactory", secured);
        properties.setProperty("mail." + protocol + ".peek", "true");
        properties.setProperty("mail." + protocol + ".fetchsize", String.valueOf(FETCHED_AT_ONCE));
        return properties;
    }

    private boolean read(Store store, Folder folder) throws MessagingException {
        long began = System.nanoTime();
        Message[] unseen = folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        List<Message> done = new ArrayList<>();
        for (Message message : Arrays.copyOf(unseen, Math.min(unseen.length, config.batch()))) {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                break;
            }
            if (taken(message)) {
                message.setFlag(Flags.Flag.SEEN, true);
                done.add(message);
            }
        }
        if (config.doneFolder().isPresent() && !done.isEmpty()) {
            move(
                    done.toArray(Message[]::new),
                    folder,
                    store.getFolder(config.doneFolder().get()));
        }
        return unseen.length > config.batch() && !done.isEmpty();
    }

    /// False where it is to be read once more.
    private boolean taken(Message message) throws MessagingException {
        byte[] bytes;
        try (InputStream whole = ((IMAPMessage) message).getMimeStream()) {
            bytes = whole.readNBytes(ReportReader.LONGEST_MESSAGE);
        } catch (IOException e) {
            throw new MessagingException("the mailbox hung up within a message", e);
        }
        try {
            if (!reader.take(bytes)) {
                message.setFlag(Flags.Flag.FLAGGED, true);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("a message of the mailbox of bounces waits: %s", Words.of(String.valueOf(e.getMessage())));
            return false;
        }
    }

    private static void move(Message[] done, Folder from, Folder to) throws MessagingException {
        if (!to.exists() && !to.create(Folder.HOLDS_MESSAGES)) {
            throw new MessagingException("there is no folder " + to.getFullName());
        }
        from.copyMessages(done, to);
        from.setFlags(done, new Flags(Flags.Flag.DELETED), true);
    }
}
