package io.regulars.campaign.channel;

import java.io.IOException;
import java.io.OutputStream;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;

import io.regulars.kit.fault.KillPoint;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// An SMTP connection that knows whether the final dot is on its way: before it nothing can have been accepted, after
/// it only the relay's answer tells.
final class StagedTransport extends SMTPTransport {

    private boolean dotted;
    private boolean awaitsReceipt;
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
    protected OutputStream data() throws MessagingException {
        OutputStream message = super.data();
        KillPoint.SMTP_AFTER_DATA.reach();
        return message;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        dotted = true;
        awaitsReceipt = true;
        try {
            super.finishData();
        } finally {
            awaitsReceipt = false;
        }
        KillPoint.SMTP_AFTER_RECEIPT.reach();
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        if (awaitsReceipt) {
            KillPoint.SMTP_AFTER_DOT.reach();
        }
        return super.readServerResponse();
    }
}
