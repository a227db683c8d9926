package io.regulars.campaign.channel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.StreamProvider;

/// An e-mail as the wire wants it: text and HTML, with one-click unsubscribe (RFC 8058). Its Message-ID is
/// ours, so that a receipt can be matched and a repetition seen.
///
/// @param to the recipient's address
/// @param bytes lines that end in CRLF
record Mime(String messageId, String to, byte[] bytes) {

    private static final StreamProvider ENCODERS = StreamProvider.provider();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder();
    private static final int LONGEST_LINE = 998;
    private static final int HEADERS = 1_200;

    /// @throws AddressException where the recipient's address is none
    static Mime of(InternetAddress sender, Email email, Instant now) throws AddressException {
        String to = address(email.to());
        String domain = sender.getAddress().substring(sender.getAddress().indexOf('@') + 1);
        String messageId = "<" + email.key() + "@" + domain + ">";
        // an equals sign stands in no encoded text but before two digits
        String boundary = "=_" + email.key();
        var out = new ByteArrayOutputStream(
                HEADERS + email.text().length() + email.html().length());
        try {
            write(out, head(sender, email, now, to, messageId, boundary));
            part(out, boundary, "plain", email.text());
            part(out, boundary, "html", email.html());
            write(out, "\r\n--" + boundary + "--\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes whatever is written", e);
        }
        return new Mime(messageId, to, out.toByteArray());
    }

    private static String head(
            InternetAddress sender, Email email, Instant now, String to, String messageId, String boundary)
            throws UnsupportedEncodingException {
        return "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC))
                + "\r\nFrom: " + from(sender.getAddress(), oneLine(email.fromName()))
                + "\r\nTo: " + to
                + "\r\nMessage-ID: " + messageId
                + "\r\nSubject: " + subject(oneLine(email.subject()))
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"" + boundary
                + "\"" + unsubscribe(email.unsubscribeUrl()) + "\r\nAuto-Submitted: auto-generated\r\n";
    }

    /// @param url null for a notice, which nobody unsubscribes from
    private static String unsubscribe(String url) {
        return url == null
                ? ""
                : "\r\nList-Unsubscribe: <" + oneLine(url) + ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click";
    }

    private static String from(String address, String name) throws UnsupportedEncodingException {
        return EncodedWords.needed(name)
                ? EncodedWords.of(name) + "\r\n <" + address + ">"
                : new InternetAddress(address, name).toString();
    }

    private static String subject(String text) {
        return EncodedWords.needed(text) ? EncodedWords.of(text) : MimeUtility.fold("Subject: ".length(), text);
    }

    /// As it is where every relay takes it so, readable where most of it is ASCII, else as short as can be.
    private static void part(ByteArrayOutputStream out, String boundary, String type, String written)
            throws IOException {
        String text = written.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean ascii = bytes.length == text.length();
        boolean mostly = bytes.length < text.length() * 3 / 2;
        boolean plain = ascii && shortLines(bytes) && !text.contains("--" + boundary);
        String encoding = plain ? "7bit" : mostly ? "quoted-printable" : "base64";
        write(
                out,
                "\r\n--" + boundary + "\r\nContent-Type: text/" + type
                        + "; charset=UTF-8\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n");
        switch (encoding) {
            case "7bit" -> out.write(bytes);
            case "base64" -> out.write(BASE64.encode(bytes));
            default -> quotedPrintable(out, bytes);
        }
    }

    private static void quotedPrintable(ByteArrayOutputStream out, byte[] bytes) throws IOException {
        var encoder = ENCODERS.outputQP(out);
        encoder.write(bytes);
        encoder.flush();
    }

    private static boolean shortLines(byte[] bytes) {
        int length = 0;
        for (byte one : bytes) {
            length = one == '\n' ? 0 : length + 1;
            if (length > LONGEST_LINE || one == 0) {
                return false;
            }
        }
        return true;
    }

    private static void write(ByteArrayOutputStream out, String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.UTF_8));
    }

    private static String address(String written) throws AddressException {
        if (written.chars().anyMatch(c -> c <= ' ' || c >= 127 || c == ',')) {
            throw new AddressException(
                    "blanks, commas, control characters and letters beyond ASCII have no place in an address");
        }
        return new InternetAddress(written, true).getAddress();
    }

    private static String oneLine(String value) {
        return value.chars().anyMatch(c -> c < ' ' || c == 127) ? value.replaceAll("\\p{Cc}+", " ") : value;
    }
}
