package io.regulars.campaign.sms;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;

import io.regulars.embedded.SmsSandbox;

/// Accounts with a sandbox, and lines to it.
final class Accounts {

    static final String CALLBACK = "https://r.example/api/campaign/hooks/p";

    private Accounts() {}

    static Account of(URI url, String secret, boolean idempotent) {
        return new Account(
                "p",
                url,
                "sandbox",
                secret,
                "暖阳母婴",
                "SMS_1",
                "content",
                "1400",
                "+15550001111",
                "ap-guangzhou",
                "t0ken",
                CALLBACK,
                idempotent);
    }

    static SmsLine line(String name, SmsProvider provider, double rate, int connections) {
        return line(name, provider, rate, connections, Duration.ofSeconds(20));
    }

    static SmsLine line(String name, SmsProvider provider, double rate, int connections, Duration timeout) {
        var bounds = new SmsLine.Bounds(rate, connections, Duration.ofSeconds(5), timeout);
        return new SmsLine(name, provider, bounds, Clock.systemUTC());
    }

    static SmsProvider twilio(SmsSandbox sandbox) {
        return new TwilioSms(of(sandbox.root(), sandbox.secret(), false));
    }

    static SmsProvider http(SmsSandbox sandbox) {
        return new HttpSms(of(sandbox.url(), sandbox.secret(), true));
    }
}
