package io.regulars.bench.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VisitorsTest {

    private final Visitors visitors = new Visitors(3);

    @Test
    void waitsForTheMessageOfEachWhoOrdered() throws Exception {
        var due = System.nanoTime();
        visitors.order(due);
        visitors.order(due);

        visitors.reach("c1@example.com");

        assertThat(visitors.allReachedWithin(Duration.ZERO)).isFalse();
        visitors.reach("c2@example.com");
        assertThat(visitors.allReachedWithin(Duration.ZERO)).isTrue();
        assertThat(visitors.latency(0, 1, 1).count()).isEqualTo(2);
        assertThat(visitors.sums()).isEqualTo(visitors.allOnce());
    }

    @Test
    void seesASecondMessage() {
        visitors.order(0);

        visitors.reach("c1@example.com");
        visitors.reach("c1@example.com");

        assertThat(visitors.sums()).isEqualTo("1 ordered, 1 got 2 messages").isNotEqualTo(visitors.allOnce());
    }

    @Test
    void hearsOfTheMessageFromTheMailSink() throws IOException {
        visitors.order(0);

        try (var sink = MailSink.open(0, visitors::reach);
                var socket = new Socket(InetAddress.getByName("localhost"), sink.port())) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (var line : new String[] {
                "EHLO me", "MAIL FROM:<a@b.example>", "RCPT TO:<c1@example.com>", "DATA", "text\r\n..\r\n."
            }) {
                in.readLine();
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(in.readLine()).isEqualTo("250 taken");
        }

        assertThat(visitors.reached()).isEqualTo(1);
    }
}
