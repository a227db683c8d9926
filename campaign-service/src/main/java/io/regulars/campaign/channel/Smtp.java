package io.regulars.campaign.channel;

import java.time.Clock;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jboss.logging.Logger;

/// Sends e-mail over a pool of SMTP connections, as many as send at once.
@ApplicationScoped
public class Smtp {

    private static final Logger LOG = Logger.getLogger(Smtp.class);

    private final SmtpConfig config;
    private final Clock clock;
    private final Session session;
    private final URLName relay;
    private final InternetAddress sender;
    private final Deque<StagedTransport> resting = new ConcurrentLinkedDeque<>();
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("smtp-watchdog").daemon().factory());

    Smtp(SmtpConfig config, Clock clock) throws AddressException {
        this.config = config;
        this.clock = clock;
        this.session = Session.getInstance(properties());
        this.relay = new URLName(
                "smtp",
                config.host(),
                config.port(),
                null,
                config.username().orElse(null),
                config.password().orElse(null));
        this.sender = new InternetAddress(config.from(), true);
    }

    public Outcome send(Email email) {
        Mime mime;
        try {
            mime = Mime.of(session, sender, email, clock.instant());
        } catch (AddressException e) {
            return new Outcome.Refused("not an e-mail address: " + e.getMessage());
        } catch (MessagingException e) {
            return new Outcome.Refused("cannot be written as an e-mail: " + e.getMessage());
        }
        StagedTransport transport = rested();
        boolean fresh = transport == null;
        Outcome outcome = fresh ? connectAndSend(mime) : send(transport, mime);
        // a resting connection that the relay closed meanwhile says nothing about the relay
        boolean closedMeanwhile = !fresh && outcome instanceof Outcome.TryLater && !transport.isConnected();
        return closedMeanwhile ? connectAndSend(mime) : outcome;
    }

    private Outcome connectAndSend(Mime mime) {
        var transport = new StagedTransport(session, relay);
        try {
            transport.connect();
        } catch (AuthenticationFailedException e) {
            return new Outcome.TryLater("the relay refuses our login: " + e.getMessage(), null);
        } catch (MessagingException e) {
            return new Outcome.TryLater("the relay cannot be reached: " + words(e), null);
        }
        return send(transport, mime);
    }

    private Outcome send(StagedTransport transport, Mime mime) {
        try {
            transport.begin();
            transport.sendMessage(mime, mime.getAllRecipients());
            transport.rest(System.nanoTime());
            resting.push(transport);
            return new Outcome.Sent(mime.getMessageID());
        } catch (MessagingException e) {
            boolean dotted = transport.dotted();
            close(transport);
            return outcome(e, dotted);
        }
    }

    /// A reply of the relay decides; without one it depends on whether the final dot was on its way.
    private static Outcome outcome(MessagingException failure, boolean dotted) {
        int code = code(failure);
        if (code >= 500) {
            return new Outcome.Refused(words(failure));
        }
        if (code >= 400 || !dotted) {
            return new Outcome.TryLater(words(failure), null);
        }
        return new Outcome.Unknown("no answer after the message: " + words(failure));
    }

    private static int code(MessagingException failure) {
        int code = -1;
        for (Exception e = failure; e != null; e = e instanceof MessagingException m ? m.getNextException() : null) {
            int one = switch (e) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException from -> from.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> -1;
            };
            code = Math.max(code, one);
        }
        return code;
    }

    private static String words(MessagingException failure) {
        Exception deepest = failure;
        while (deepest instanceof MessagingException e && e.getNextException() != null) {
            deepest = e.getNextException();
        }
        String words = String.valueOf(deepest.getMessage()).strip().replaceAll("\\s+", " ");
        return words.length() > 300 ? words.substring(0, 300) : words;
    }

    private StagedTransport rested() {
        StagedTransport transport;
        while ((transport = resting.poll()) != null) {
            if (transport.restedNanos(System.nanoTime()) < config.idle().toNanos()) {
                return transport;
            }
            close(transport);
        }
        return null;
    }

    private static void close(StagedTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // what is broken need not be closed in good manners
            LOG.debug("an SMTP connection was not closed cleanly", e);
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put("mail.smtp.localhost", config.helo());
        properties.put(
                "mail.smtp.connectiontimeout",
                String.valueOf(config.connectTimeout().toMillis()));
        properties.put("mail.smtp.timeout", String.valueOf(config.timeout().toMillis()));
        properties.put("mail.smtp.writetimeout", String.valueOf(config.timeout().toMillis()));
        properties.put("mail.smtp.executor.writetimeout", watchdog);
        properties.put("mail.smtp.auth", String.valueOf(config.username().isPresent()));
        properties.put("mail.smtp.starttls.enable", String.valueOf(!"disabled".equals(config.startTls())));
        properties.put("mail.smtp.starttls.required", String.valueOf("required".equals(config.startTls())));
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }

    @PreDestroy
    void close() {
        resting.forEach(Smtp::close);
        watchdog.shutdownNow();
    }
}
