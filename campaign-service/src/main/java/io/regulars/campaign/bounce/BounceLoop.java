package io.regulars.campaign.bounce;

import java.io.IOException;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.mail.MessagingException;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.channel.MailTls;
import io.regulars.campaign.channel.Words;
import io.regulars.campaign.work.Loop;
import org.jboss.logging.Logger;

/// Reads the mailbox, where the operator names one, and forgets old bounces.
@ApplicationScoped
class BounceLoop {

    private static final Logger LOG = Logger.getLogger(BounceLoop.class);
    private static final Duration TIDY = Duration.ofHours(1);

    private final BounceConfig config;
    private final Bounces bounces;
    private final MailboxTurn turn;
    private final MailTls tls;
    private Loop forgetting;
    private Loop reading;

    BounceLoop(BounceConfig config, Bounces bounces, MailboxTurn turn, MailTls tls) {
        this.config = config;
        this.bounces = bounces;
        this.turn = turn;
        this.tls = tls;
    }

    void start(@Observes StartupEvent event) {
        forgetting = Loop.start(
                "bounces-forgotten",
                TIDY,
                () -> QuarkusTransaction.requiringNew().call(bounces::forget));
        if (config.imap().host().isPresent()) {
            var mailbox = new Mailbox(config.imap(), tls, this::take);
            reading = Loop.start("bounces-mailbox", config.imap().poll(), () -> read(mailbox));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        forgetting.close();
        if (reading != null) {
            reading.close();
        }
    }

    /// @return whether there may be more
    boolean read(Mailbox mailbox) {
        if (!turn.take()) {
            return false;
        }
        try {
            return mailbox.read();
        } catch (MessagingException e) {
            LOG.warnf("the mailbox of bounces cannot be read: %s", Words.of(e.getMessage()));
            return false;
        } finally {
            turn.end();
        }
    }

    /// What a mail server would have posted.
    boolean take(byte[] message) {
        MailReport report;
        try {
            report = ReportReader.read(message);
        } catch (MessagingException | IOException e) {
            LOG.infof("a message of the mailbox of bounces is none: %s", Words.of(e.getMessage()));
            return false;
        }
        QuarkusTransaction.requiringNew().run(() -> bounces.take(report, null));
        return true;
    }
}
