package io.regulars.campaign.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLSocketFactory;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import io.quarkus.runtime.Startup;
import io.regulars.campaign.work.Loop;

/// Sends e-mail over a pool of SMTP connections, as many as send at once.
@ApplicationScoped
@Startup(100)
public class Smtp {

    private final SmtpConfig config;
    private final Clock clock;
    private final SSLSocketFactory secured;
    private final InternetAddress sender;
    private final Deque<SmtpConnection> resting = new ConcurrentLinkedDeque<>();
    private final Set<SmtpConnection> open = ConcurrentHashMap.newKeySet();
    private final Loop watchdog;

    Smtp(SmtpConfig config, Clock clock, MailTls tls) throws AddressException {
        this.config = config;
        this.clock = clock;
        this.secured = tls.sockets();
        this.sender = new InternetAddress(config.from(), true);
        // One look a second at all connections costs less than a time-out at each read, and ends writes too.
        this.watchdog = Loop.start("smtp-watchdog", Duration.ofSeconds(1), this::giveUp);
    }

    private boolean giveUp() {
        open.forEach(connection -> connection.giveUp(config.timeout()));
        return false;
    }

    public Outcome send(Email email) {
        Mime mime;
        try {
            mime = Mime.of(sender, email, clock.instant());
        } catch (AddressException e) {
            return new Outcome.Refused("not an e-mail address: " + words(e));
        }
        SmtpConnection connection = rested();
        if (connection == null) {
            return connectAndSend(mime);
        }
        Outcome outcome = send(connection, mime);
        // a resting connection that the relay closed meanwhile says nothing about the relay
        return outcome instanceof Outcome.TryLater && connection.brokeOff() ? connectAndSend(mime) : outcome;
    }

    private Outcome connectAndSend(Mime mime) {
        var connection = new SmtpConnection(secured);
        open.add(connection);
        try {
            connection.open(config);
        } catch (SmtpConnection.Refusal e) {
            close(connection);
            return new Outcome.TryLater("the relay refuses to talk to us: " + words(e), null);
        } catch (IOException e) {
            close(connection);
            return new Outcome.TryLater("the relay cannot be reached: " + words(e), null);
        }
        return send(connection, mime);
    }

    /// A reply of the relay decides; without one it depends on whether the final dot was on its way.
    private Outcome send(SmtpConnection connection, Mime mime) {
        try {
            connection.deliver(returnPath(mime), mime.to(), mime.bytes());
            connection.rest();
            resting.push(connection);
            return new Outcome.Sent(mime.messageId());
        } catch (SmtpConnection.Refusal e) {
            close(connection);
            return e.code() >= 500 ? new Outcome.Refused(words(e)) : new Outcome.TryLater(words(e), null);
        } catch (IOException e) {
            close(connection);
            return connection.dotted()
                    ? new Outcome.Unknown("no answer after the message: " + words(e))
                    : new Outcome.TryLater(words(e), null);
        }
    }

    /// The name after the dot of our Message-ID, if it has one.
    private String returnPath(Mime mime) {
        String id = mime.messageId();
        String local = id.substring(1, id.indexOf('@'));
        return config.bounces()
                .filter(address -> local.indexOf('.') > 0)
                .map(address -> address.replaceFirst("@", "+" + local.substring(local.indexOf('.') + 1) + "@"))
                .orElse(sender.getAddress());
    }

    private static String words(Exception failure) {
        return Words.of(String.valueOf(failure.getMessage()));
    }

    private SmtpConnection rested() {
        SmtpConnection connection;
        while ((connection = resting.poll()) != null) {
            if (!connection.restedLongerThan(config.idle())) {
                return connection;
            }
            connection.quit();
            open.remove(connection);
        }
        return null;
    }

    private void close(SmtpConnection connection) {
        connection.close();
        open.remove(connection);
    }

    @PreDestroy
    void close() {
        watchdog.close();
        resting.forEach(SmtpConnection::quit);
        open.forEach(SmtpConnection::close);
    }
}
