package io.regulars.bench.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/// angus-mail alone, within this process: writes each message and sends it over a kept connection, and remembers
/// nothing.
public final class AngusMail {

    private AngusMail() {}

    public static String version() {
        return Transport.class.getPackage().getImplementationVersion();
    }

    /// Sends so many messages, one to each customer.
    ///
    /// @param letter `subject`, `text` and `html`, where `{name}` stands for the customer's
    public static void send(SmtpSink to, int connections, long messages, Map<String, String> letter) throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(to.port()));
        properties.put("mail.smtp.localhost", "bench");
        var session = Session.getInstance(properties);
        var next = new AtomicLong();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var running = new ArrayList<Future<Void>>();
            for (var i = 0; i < connections; i++) {
                Callable<Void> one = () -> connection(session, next, messages, letter);
                running.add(threads.submit(one));
            }
            for (var each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Void connection(Session session, AtomicLong next, long messages, Map<String, String> letter)
            throws Exception {
        try (var transport = session.getTransport("smtp")) {
            transport.connect();
            for (var number = next.incrementAndGet(); number <= messages; number = next.incrementAndGet()) {
                var message = message(session, number, letter);
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        return null;
    }

    private static MimeMessage message(Session session, long number, Map<String, String> letter) throws Exception {
        var utf8 = StandardCharsets.UTF_8.name();
        var name = "Customer " + number;
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<a" + number + "@regulars.example>");
            }
        };
        message.setFrom(new InternetAddress("shop@regulars.example", "send", utf8));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("c" + number + "@example.com", true));
        message.setSubject(letter.get("subject").replace("{name}", name), utf8);
        message.setSentDate(new Date());
        message.setHeader("List-Unsubscribe", "<https://shop.example/unsubscribe/t" + number + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        message.setHeader("Auto-Submitted", "auto-generated");
        var text = new MimeBodyPart();
        text.setText(letter.get("text").replace("{name}", name), utf8);
        var html = new MimeBodyPart();
        html.setText(letter.get("html").replace("{name}", name), utf8, "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }
}
