package io.regulars.campaign.bounce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePartDataSource;
import jakarta.mail.internet.ParseException;

import io.regulars.campaign.bounce.MailReport.Kind;
import io.regulars.campaign.channel.Words;

/// Reads delivery status notifications (RFC 3464, with the codes of RFC 3463) and complaints (ARF, RFC 5965).
final class ReportReader {

    /// The local part of our Message-IDs ends in a dot and the token.
    private static final Pattern MESSAGE_ID =
            Pattern.compile("<[^<>@]*\\.([0-9a-z]{20,60})@[^<>]*>", Pattern.CASE_INSENSITIVE);

    /// Of the address that it came back to: `bounce+token@…`.
    private static final Pattern RETURNED = Pattern.compile("\\+([0-9a-z]{20,60})@", Pattern.CASE_INSENSITIVE);

    private static final List<String> RETURNED_TO = List.of("To", "Delivered-To", "X-Original-To", "X-Envelope-To");
    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud", "virus", "other");
    private static final int MOST_PARTS = 20;
    private static final int MOST_BOUNDARIES = 2_000;

    /// What counts of a message stands at its beginning; the e-mail that came back follows it.
    static final int LONGEST_MESSAGE = 512 * 1_024;

    private static final int LONGEST_PART = 64 * 1_024;

    private ReportReader() {}

    /// @throws MessagingException where it is no message
    /// @throws IOException where what it holds is not encoded as it says
    static MailReport read(byte[] message) throws MessagingException, IOException {
        if (lines(message) > MOST_BOUNDARIES) {
            throw new MessagingException("more parts than any report has");
        }
        var mail = new MimeMessage(
                (Session) null, new ByteArrayInputStream(message, 0, Math.min(message.length, LONGEST_MESSAGE)));
        String returned = returned(mail);
        if (!mail.isMimeType("multipart/report")) {
            return new MailReport(Kind.OTHER, returned, List.of(), "no report");
        }
        var parts = new MimeMultipart(new MimePartDataSource(mail));
        Map<String, String> status = null;
        Map<String, String> feedback = null;
        String token = null;
        for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
            BodyPart part = parts.getBodyPart(i);
            switch (type(part)) {
                case "message/delivery-status", "message/global-delivery-status" -> status = recipient(part);
                case "message/feedback-report" ->
                    feedback = Headers.blocks(text(part)).stream().findFirst().orElse(Map.of());
                case "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers" ->
                    token = token(text(part));
                default -> {
                    // the part for people
                }
            }
        }
        String named = token == null ? returned : token;
        if (feedback != null) {
            return complaint(feedback, named);
        }
        return status == null ? new MailReport(Kind.OTHER, named, List.of(), "no status") : status(status, named);
    }

    /// How many lines could begin a part: to read one takes far more memory than to write it.
    private static int lines(byte[] message) {
        int lines = 0;
        for (int i = 2; i < Math.min(message.length, LONGEST_MESSAGE); i++) {
            lines += message[i] == '-' && message[i - 1] == '-' && message[i - 2] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static String type(BodyPart part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException e) {
            return "";
        }
    }

    private static String text(BodyPart part) throws MessagingException, IOException {
        return new String(part.getInputStream().readNBytes(LONGEST_PART), StandardCharsets.UTF_8);
    }

    /// The first recipient's fields: each of our e-mails has one.
    private static Map<String, String> recipient(BodyPart part) throws MessagingException, IOException {
        return Headers.blocks(text(part)).stream()
                .filter(block -> block.containsKey("action"))
                .findFirst()
                .orElse(null);
    }

    private static String token(String original) {
        String head = original.replace("\r\n", "\n").split("\n[ \t]*\n", 2)[0];
        Map<String, String> fields = Headers.blocks(head).stream().findFirst().orElse(Map.of());
        Matcher id = MESSAGE_ID.matcher(fields.getOrDefault("message-id", ""));
        return id.find() ? id.group(1) : null;
    }

    private static String returned(MimeMessage mail) throws MessagingException {
        for (String header : RETURNED_TO) {
            Matcher address = RETURNED.matcher(String.valueOf(mail.getHeader(header, ",")));
            if (address.find()) {
                return address.group(1);
            }
        }
        return null;
    }

    private static MailReport complaint(Map<String, String> feedback, String token) {
        String type = feedback.getOrDefault("feedback-type", "abuse").toLowerCase(Locale.ROOT);
        return new MailReport(
                COMPLAINTS.contains(type) ? Kind.COMPLAINT : Kind.OTHER,
                token,
                Headers.addresses(feedback, "original-rcpt-to"),
                Words.of(type));
    }

    private static MailReport status(Map<String, String> fields, String token) {
        String code = fields.getOrDefault("status", "").replaceAll("(?s)[^0-9.].*", "");
        String words = (code + " " + fields.getOrDefault("diagnostic-code", "")).strip();
        Kind kind = switch (fields.getOrDefault("action", "").toLowerCase(Locale.ROOT)) {
            case "failed" -> hard(code) ? Kind.HARD : Kind.SOFT;
            case "delivered", "relayed" -> Kind.DELIVERED;
            default -> Kind.OTHER;
        };
        return new MailReport(
                kind, token, Headers.addresses(fields, "original-recipient", "final-recipient"), Words.of(words));
    }

    /// The address itself is at fault: unknown, moved, disabled. A full mailbox, a network, a message that is
    /// too large or unwanted says nothing about the next one.
    private static boolean hard(String code) {
        return code.startsWith("5.1.") || code.equals("5.2.0") || code.equals("5.2.1") || code.equals("5.0.0");
    }
}
