package io.regulars.campaign.channel;

import java.time.Duration;
import java.util.Optional;

/// How to reach a relay of a test.
final class TestSmtp implements SmtpConfig {

    private final String host;
    private final int port;
    Optional<String> login = Optional.empty();
    Optional<Tls> tls = Optional.empty();

    TestSmtp(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String from() {
        return "no-reply@regulars.example";
    }

    @Override
    public Optional<String> bounces() {
        return Optional.of("bounce@regulars.example");
    }

    @Override
    public Optional<String> username() {
        return login;
    }

    @Override
    public Optional<String> password() {
        return Optional.of("secret");
    }

    @Override
    public Optional<Tls> tls() {
        return tls;
    }

    @Override
    public String helo() {
        return "test";
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration idle() {
        return Duration.ofSeconds(20);
    }
}
