package io.regulars.campaign.channel;

import java.io.IOException;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;

import org.eclipse.angus.mail.smtp.SMTPTransport;

/// An SMTP connection that knows whether the final dot is on its way: before it nothing can have been accepted, after
/// it only the relay's answer tells.
final class StagedTransport extends SMTPTransport {

    private boolean dotted;
    private long usedAtNanos;

    StagedTransport(Session session, URLName relay) {
        super(session, relay);
    }

    void begin() {
        dotted = false;
    }

    /// Whether the message at hand may have been accepted.
    boolean dotted() {
        return dotted;
    }

    void rest(long nanoTime) {
        usedAtNanos = nanoTime;
    }

    long restedNanos(long nanoTime) {
        return nanoTime - usedAtNanos;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        dotted = true;
        super.finishData();
    }
}
