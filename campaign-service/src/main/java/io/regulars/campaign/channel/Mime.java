package io.regulars.campaign.channel;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/// An e-mail as the wire wants it: text and HTML, with one-click unsubscribe (RFC 8058).
final class Mime extends MimeMessage {

    private final String messageId;

    private Mime(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /// @throws AddressException where the recipient's address is none
    static Mime of(Session session, InternetAddress sender, Email email, Instant now) throws MessagingException {
        String domain = sender.getAddress().substring(sender.getAddress().indexOf('@') + 1);
        var mime = new Mime(session, "<" + email.key() + "@" + domain + ">");
        try {
            mime.setFrom(new InternetAddress(sender.getAddress(), email.fromName(), StandardCharsets.UTF_8.name()));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
        mime.setRecipient(RecipientType.TO, address(email.to()));
        mime.setSubject(oneLine(email.subject()), StandardCharsets.UTF_8.name());
        mime.setSentDate(Date.from(now));
        mime.setHeader("List-Unsubscribe", "<" + oneLine(email.unsubscribeUrl()) + ">");
        mime.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        mime.setHeader("Auto-Submitted", "auto-generated");
        var text = new MimeBodyPart();
        text.setText(email.text(), StandardCharsets.UTF_8.name());
        var html = new MimeBodyPart();
        html.setText(email.html(), StandardCharsets.UTF_8.name(), "html");
        mime.setContent(new MimeMultipart("alternative", text, html));
        mime.saveChanges();
        return mime;
    }

    private static InternetAddress address(String written) throws AddressException {
        if (written.chars().anyMatch(c -> c <= ' ' || c == 127 || c == ',')) {
            throw new AddressException("blanks, commas and control characters have no place in an address");
        }
        return new InternetAddress(written, true);
    }

    private static String oneLine(String value) {
        return value.replaceAll("\\p{Cc}+", " ");
    }

    /// Ours, so that a receipt can be matched and a repetition seen.
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
