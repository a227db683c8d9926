package io.regulars.embedded;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/// A mail server that delivers every message to one mailbox here, and keeps the newest of them.
public final class MailSandbox implements AutoCloseable {

    static final int KEPT = Bounded.MOST;
    private static final int PURGED_AT = 500;

    private final GreenMail server;
    private final Clock clock;
    private final Bounded<Mail> mails = new Bounded<>(KEPT);
    private final AtomicLong ids = new AtomicLong();
    private final int port;
    private GreenMailUser mailbox;

    private MailSandbox(int port, Clock clock) {
        this.port = port;
        this.clock = clock;
        var setup = new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(30_000);
        server = new GreenMail(setup);
    }

    public static MailSandbox start(int port, Clock clock) {
        Quiet.servers();
        var sandbox = new MailSandbox(port, clock);
        sandbox.server.start();
        sandbox.mailbox = sandbox.server.setUser("sandbox@localhost", "sandbox", "sandbox");
        sandbox.server.getUserManager().setMessageDeliveryHandler(sandbox::keep);
        return sandbox;
    }

    public int port() {
        return port;
    }

    /// The newest messages, oldest first, one for each recipient.
    public List<Mail> received() {
        return mails.list();
    }

    public List<Mail> receivedBy(String address) {
        return received().stream()
                .filter(mail -> mail.to().equalsIgnoreCase(address))
                .toList();
    }

    /// How many arrived since the start or the last `clear`, those no longer kept among them.
    public long total() {
        return mails.total();
    }

    public void clear() {
        mails.clear();
    }

    private GreenMailUser keep(MovingMessage message, MailAddress recipient) throws MessagingException, UserException {
        try {
            mails.add(read(message.getMessage(), recipient.getEmail()));
            // GreenMail keeps a copy of its own, which nobody reads.
            var folder = server.getManagers().getImapHostManager().getInbox(mailbox);
            if (folder.getMessageCount() > PURGED_AT) {
                folder.deleteAllMessages();
            }
        } catch (IOException | FolderException e) {
            throw new MessagingException("unreadable message", e);
        }
        return mailbox;
    }

    private Mail read(MimeMessage message, String recipient) throws MessagingException, IOException {
        var from = message.getFrom() == null ? "" : MimeUtility.decodeText(message.getFrom()[0].toString());
        return new Mail(
                ids.incrementAndGet(),
                Instant.now(clock).toString(),
                from,
                recipient,
                message.getSubject(),
                headers(message),
                part(message, "text/plain"),
                part(message, "text/html"));
    }

    private static Map<String, List<String>> headers(MimeMessage message) throws MessagingException, IOException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var header : Collections.list(message.getAllHeaders())) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
        }
        return headers;
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var found = part(parts.getBodyPart(i), type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    @Override
    public void close() {
        server.stop();
    }
}
