package io.regulars.campaign.sms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;
import io.regulars.campaign.channel.Words;
import io.regulars.embedded.SmsSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Two providers, one after the other.
class SmsGatewayTest {

    private static final Sms SMS = new Sms("k1", "+8613800138000", "hello");

    private final SmsSandbox first = SmsSandbox.start(0, "one", Clock.systemUTC());
    private final SmsSandbox second = SmsSandbox.start(0, "two", Clock.systemUTC());
    private SmsGateway gateway = gateway(Accounts.twilio(first), Accounts.twilio(second));

    private static SmsGateway gateway(SmsProvider one, SmsProvider other) {
        return new SmsGateway(List.of(Accounts.line("first", one, 0, 2), Accounts.line("second", other, 0, 16)));
    }

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void triesTheNextWhereTheFirstSurelyDidNotSend() {
        first.refuseNext("20429");

        assertThat(gateway.send(SMS)).isEqualTo(new Outcome.Sent("second:sms-1"));
        assertThat(first.received()).isEmpty();
    }

    @Test
    void triesTheNextWhereTheFirstCannotBeReached() {
        gateway.close();
        gateway = gateway(
                new TwilioSms(Accounts.of(URI.create("http://localhost:1"), "x", false)), Accounts.twilio(second));

        assertThat(gateway.send(SMS)).isEqualTo(new Outcome.Sent("second:sms-1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 307, 308})
    void followsNobodyElsewhere(int status) {
        first.failNext(status);

        assertThat(gateway.send(SMS)).isEqualTo(new Outcome.Sent("second:sms-1"));
        assertThat(first.received()).isEmpty();
    }

    @Test
    void takesADirectionToAnAnswerForARequestThatWasDone() {
        first.failNext(303);

        assertThat(gateway.send(SMS)).isInstanceOf(Outcome.Unknown.class);
        assertThat(second.received()).isEmpty();
    }

    /// It hangs up in the handshake, or says why not: the client has written no byte of the request.
    @ParameterizedTest
    @ValueSource(strings = {"", "15030300020228"})
    void triesTheNextWhereThereIsNoTls(String record) throws IOException {
        try (var broken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuseTls(broken, HexFormat.of().parseHex(record)));
            gateway.close();
            var uri = URI.create("https://localhost:" + broken.getLocalPort());
            gateway = gateway(new TwilioSms(Accounts.of(uri, "x", false)), Accounts.twilio(second));

            assertThat(gateway.send(SMS)).isEqualTo(new Outcome.Sent("second:sms-1"));
        }
    }

    private static void refuseTls(ServerSocket broken, byte[] record) {
        try (Socket client = broken.accept()) {
            client.getInputStream().read(new byte[1_024]);
            client.getOutputStream().write(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsNoMoreOfAnAnswerThanOneIsLong() throws IOException {
        var endless = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        endless.setExecutor(Executors.newCachedThreadPool());
        endless.createContext("/", exchange -> {
            exchange.sendResponseHeaders(201, 0);
            for (int i = 0; i < 4_096; i++) {
                exchange.getResponseBody().write(new byte[64 * 1_024]);
            }
        });
        endless.start();
        gateway.close();
        var uri = URI.create("http://localhost:" + endless.getAddress().getPort());
        gateway = gateway(new TwilioSms(Accounts.of(uri, "x", false)), Accounts.twilio(second));

        try {
            assertThat(gateway.send(SMS)).isInstanceOf(Outcome.Unknown.class);
        } finally {
            endless.stop(0);
        }
    }

    @Test
    void keepsNoAddressOfWhatAProviderSays() {
        first.refuseNext("21211");

        assertThat(gateway.send(SMS).toString()).doesNotContain("13800138000");
        assertThat(Words.of("The number +86 138 0013 8000 of <zhang.san@mail.example> is bad"))
                .isEqualTo("The number [number] of <[address]> is bad");
    }

    @Test
    void neverTriesTheNextWhereTheFirstMayHaveSent() {
        first.failNext(502);

        assertThat(gateway.send(SMS)).isInstanceOf(Outcome.Unknown.class);
        assertThat(second.received()).isEmpty();
    }

    @Test
    void doesNotWaitForAnAnswerThatDoesNotEnd() throws IOException {
        var stalling = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        var over = new CountDownLatch(1);
        stalling.setExecutor(Executors.newCachedThreadPool());
        stalling.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitQuietly(over);
        });
        stalling.start();
        gateway.close();
        var uri = URI.create("http://localhost:" + stalling.getAddress().getPort());
        var stalls = new TwilioSms(Accounts.of(uri, "x", false));
        gateway = new SmsGateway(List.of(
                Accounts.line("first", stalls, 0, 2, Duration.ofSeconds(1)),
                Accounts.line("second", Accounts.twilio(second), 0, 16)));

        try {
            assertThat(gateway.send(SMS)).isInstanceOf(Outcome.Unknown.class);
            assertThat(second.received()).isEmpty();
        } finally {
            over.countDown();
            stalling.stop(0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void leavesAMessageThatIsRefusedWithItsProvider() {
        first.refuseNext("21211");

        assertThat(gateway.send(SMS))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).startsWith("first: 21211"));
        assertThat(second.received()).isEmpty();
    }

    @Test
    void repeatsWhatMayHaveBeenSentByTheSameProviderOnly() {
        gateway.close();
        gateway = gateway(Accounts.http(first), Accounts.twilio(second));
        first.failNext(500);
        var outcome = gateway.send(SMS);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Repeat.class,
                        repeat -> assertThat(repeat.providerId()).isEqualTo("first:"));

        assertThat(gateway.send(new Sms("k1", SMS.to(), SMS.text(), "first")))
                .isEqualTo(new Outcome.Sent("first:sms-1"));
        assertThat(gateway.send(new Sms("k2", SMS.to(), SMS.text(), "second"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(gateway.send(new Sms("k3", SMS.to(), SMS.text(), ""))).isInstanceOf(Outcome.Unknown.class);
        assertThat(gateway.idempotent()).isFalse();
    }

    /// Two requests hang in the first one's connections; all others go by the second at once.
    @Test
    void oneThatHangsNeverHoldsUpTheOthers() throws Exception {
        gateway.close();
        gateway = new SmsGateway(List.of(
                Accounts.line("first", Accounts.twilio(first), 0, 2, Duration.ofSeconds(2)),
                Accounts.line("second", Accounts.twilio(second), 0, 16)));
        first.hang();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = System.nanoTime();
            List<Future<Outcome>> sent = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> sendUntilTried(new Sms("k" + i, SMS.to(), SMS.text()))))
                    .toList();
            int uncertain = 0;
            for (Future<Outcome> one : sent) {
                uncertain += one.get() instanceof Outcome.Unknown ? 1 : 0;
            }

            assertThat(uncertain).isBetween(1, 6);
            assertThat(second.received()).hasSize(40 - uncertain);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        }
    }

    /// What nobody was asked for is due again.
    private Outcome sendUntilTried(Sms sms) {
        Outcome outcome = gateway.send(sms);
        while (outcome instanceof Outcome.NotNow) {
            outcome = gateway.send(sms);
        }
        return outcome;
    }

    @Test
    void leavesAloneWhoFailsAgainAndAgain() {
        for (int i = 0; i < 5; i++) {
            first.failNext(502);
            assertThat(gateway.send(new Sms("k" + i, SMS.to(), SMS.text()))).isInstanceOf(Outcome.Unknown.class);
        }

        assertThat(gateway.send(SMS)).isEqualTo(new Outcome.Sent("second:sms-1"));
        assertThat(first.received()).isEmpty();
    }

    @Test
    void asksForNoMessagesWhileNobodyTakesThem() {
        gateway.close();
        gateway = new SmsGateway(List.of(Accounts.line("only", Accounts.twilio(first), 0, 4)));
        assertThat(gateway.room()).isEqualTo(Integer.MAX_VALUE);
        for (int i = 0; i < 5; i++) {
            first.failNext(502);
            gateway.send(new Sms("k" + i, SMS.to(), SMS.text()));
        }

        assertThat(gateway.room()).isZero();
        assertThat(gateway.send(SMS)).isInstanceOf(Outcome.NotNow.class);
    }

    @Test
    void keepsToTheProvidersRate() {
        gateway.close();
        gateway = new SmsGateway(List.of(Accounts.line("only", Accounts.twilio(first), 2, 4)));

        long began = System.nanoTime();

        List<Outcome> outcomes = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> gateway.send(new Sms("k" + i, SMS.to(), SMS.text())))
                .toList();

        assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.NotNow.class);
        // two at once, two a second while it lasts, however long a busy machine takes
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
        assertThat(first.received().size()).isBetween(2, (int) Math.min(19, 2 + 2 * seconds));
        assertThat(first.received()).hasSize((int)
                outcomes.stream().filter(Outcome.Sent.class::isInstance).count());
    }
}
