package io.regulars.embedded;

import java.time.Clock;
import java.util.Properties;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MailSandboxTest {

    private final MailSandbox sandbox = MailSandbox.start(Ports.free(), Clock.systemUTC());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void showsBothPartsAndTheHeadersOfAMessage() throws MessagingException {
        send("li@example.com", "您的优惠券", "文本", "<b>文本</b>");

        assertThat(sandbox.receivedBy("LI@example.com")).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("您的优惠券");
            assertThat(mail.text()).isEqualTo("文本");
            assertThat(mail.html()).isEqualTo("<b>文本</b>");
            assertThat(mail.header("List-Unsubscribe")).isEqualTo("<https://example.com/u>");
        });
    }

    @Test
    void countsWhatItNoLongerKeeps() {
        var mails = new Bounded<Integer>(2);
        for (int i = 1; i <= 5; i++) {
            mails.add(i);
        }

        assertThat(mails.list()).containsExactly(4, 5);
        assertThat(mails.total()).isEqualTo(5);
    }

    private void send(String to, String subject, String text, String html) throws MessagingException {
        var properties = new Properties();
        properties.put("mail.smtp.host", "localhost");
        properties.put("mail.smtp.port", Integer.toString(sandbox.port()));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("shop@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        message.setHeader("List-Unsubscribe", "<https://example.com/u>");
        message.setContent(new MimeMultipart("alternative", part(text, "plain"), part(html, "html")));
        Transport.send(message);
    }

    private static MimeBodyPart part(String content, String type) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(content, "UTF-8", type);
        return part;
    }
}
