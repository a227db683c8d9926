package io.regulars.campaign.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CallTest {

    private static final Addresses PUBLIC = new Addresses(false);
    private static final Call LOCAL = new Call(new Addresses(true), Duration.ofSeconds(30));

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("webhook-id") + " " + body);
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(
                    Integer.parseInt(exchange.getRequestURI().getPath().substring(1)), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void postsWhatItIsGiven() {
        var answer = LOCAL.post(url("/204?a=b"), "webhook-id: msg_1", "{\"name\": \"暖阳\"}");

        assertThat(answer.good()).isTrue();
        assertThat(received).containsExactly("POST /204?a=b msg_1 {\"name\": \"暖阳\"}");
    }

    @Test
    void followsNoRedirect() {
        var answer = LOCAL.post(url("/302"), "webhook-id: msg_1", "{}");

        assertThat(answer).isEqualTo(new Call.Answer(302, "redirects are not followed", true));
        assertThat(answer.good()).isFalse();
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"500, true", "429, true", "410, false"})
    void triesAgainUnlessItIsGone(int status, boolean retry) {
        var answer = LOCAL.post(url("/" + status), "webhook-id: msg_1", "{}");

        assertThat(answer).isEqualTo(new Call.Answer(status, "HTTP " + status, retry));
    }

    static List<Arguments> answers() {
        return List.of(
                arguments("Retry-After: 30\r\nContent-Length: 9\r\n\r\n{\"a\": 1}\n", "{\"a\": 1}", 30L),
                arguments("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde", null),
                arguments("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz", "abc", null),
                arguments("\r\n<b>\0to the end", "<b> to the end", null),
                arguments("Content-Length: -5\r\nRetry-After: Wed, 21 Oct\r\n\r\n", null, null),
                arguments("Content-Length: x\r\n\r\nabc", null, null),
                arguments("", null, null));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void keepsTheBeginOfTheAnswer(String behindTheStatus, String excerpt, Long retryAfter) throws IOException {
        String written = "HTTP/1.1 500 No\r\n" + behindTheStatus;

        var reply = Reply.read(new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8)));

        assertThat(reply)
                .isEqualTo(new Reply(500, retryAfter == null ? null : Duration.ofSeconds(retryAfter), excerpt));
    }

    @Test
    void keepsNoMoreThanTheBegin() throws IOException {
        var endless = new SequenceInputStream(
                new ByteArrayInputStream("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }
                });

        assertThat(Reply.read(endless).excerpt()).isEqualTo("x".repeat(500));
    }

    @Test
    void givesUpOnWhoeverNeverAnswers() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answer = new Call(new Addresses(true), Duration.ofSeconds(1))
                    .post("http://127.0.0.1:" + silent.getLocalPort() + "/", "webhook-id: msg_1", "{}");

            assertThat(answer.retry()).isTrue();
            assertThat(answer.error()).contains("no answer within PT1S");
        }
    }

    @Test
    void callsNoPrivateAddressWhateverItsNameIs() {
        var answer = new Call(PUBLIC, Duration.ofSeconds(1))
                .post("https://localhost:" + server.getAddress().getPort() + "/200", "webhook-id: msg_1", "{}");

        assertThat(answer.retry()).isFalse();
        assertThat(answer.error()).startsWith("refused: the URL leads to ");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.1.2.3",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "2001::1"
            })
    void knowsWhatIsNotOfThePublicInternet(String address) throws IOException {
        assertThat(PUBLIC.allowed(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "223.255.255.255",
                "2606:4700::1111",
                "240e::1",
                "64:ff9b::1.1.1.1"
            })
    void knowsWhatIs(String address) throws IOException {
        assertThat(PUBLIC.allowed(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/, must begin with https://",
        "file:///etc/passwd, must begin with https://",
        "https://, is no URL",
        "https://user:pass@example.com/, 'must hold no user, password or fragment'",
        "https://例子.example/, must name a host",
        "https://10.0.0.1/, leads to 10.0.0.1",
        "https://[fd00::1]/, leads to fd00:",
        "https://2130706433/, leads to 127.0.0.1",
        "https://localhost/, leads to ",
        "https://a.localhost/, ''",
    })
    void refusesAUrlThatCannotBeCalled(String url, String reason) {
        assertThatThrownBy(() -> Target.parse(url, PUBLIC).check(PUBLIC))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void takesAUrlOfThePublicInternet() {
        assertThatCode(() -> Target.parse("https://1.1.1.1:8443/a?b=c", PUBLIC).check(PUBLIC))
                .doesNotThrowAnyException();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
