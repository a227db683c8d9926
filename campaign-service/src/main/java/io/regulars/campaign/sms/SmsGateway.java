package io.regulars.campaign.sms;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkus.runtime.Startup;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;
import io.regulars.campaign.channel.Words;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Sends SMS over the operator's providers, in their order. The next one is tried only where the one before
/// surely did not send; what may have got through is repeated by the same provider or by nobody. Stands
/// before the first message: an HTTP client and its certificates take seconds on a busy machine, and what is
/// marked as transmitting has a lease.
@ApplicationScoped
@Startup(100)
public class SmsGateway {

    /// The provider of whoever configures one gateway and no more.
    static final String ONLY = "gateway";

    private static final String HOOKS = "/api/campaign/hooks";

    /// What comes to a path of that name comes from a mail server.
    private static final String OF_MAIL = "bounces";

    private final List<SmsLine> lines;

    @Inject
    SmsGateway(SmsConfig config, Clock clock, @ConfigProperty(name = "regulars.public-url") String publicUrl) {
        this(lines(config, clock, publicUrl.replaceFirst("/+$", "") + HOOKS));
    }

    SmsGateway(List<SmsLine> lines) {
        this.lines = List.copyOf(lines);
    }

    private static List<SmsLine> lines(SmsConfig config, Clock clock, String hooks) {
        if (config.providers().containsKey(OF_MAIL)) {
            throw new IllegalStateException("regulars.sms.providers." + OF_MAIL + " needs another name");
        }
        Map<String, SmsLine> named = new TreeMap<>();
        config.url().ifPresent(url -> {
            String secret = config.secret().orElse(HttpSms.UNSET);
            var account = new Account(
                    ONLY, url, null, secret, null, null, null, null, null, null, null, null, config.idempotent());
            // no bound of its own: the sender has one
            named.put(ONLY, line(ONLY, new HttpSms(account), 0, Integer.MAX_VALUE, config, clock));
        });
        config.providers()
                .forEach((name, given) -> named.put(
                        name,
                        line(
                                name,
                                provider(given.kind(), Account.of(name, given, hooks)),
                                given.rate(),
                                given.connections(),
                                config,
                                clock)));
        List<SmsLine> ordered = new ArrayList<>();
        config.order().orElse(List.of()).forEach(name -> {
            if (!named.containsKey(name)) {
                throw new IllegalStateException("regulars.sms.order names " + name + ", which is no provider");
            }
            ordered.add(named.remove(name));
        });
        ordered.addAll(named.values());
        return ordered;
    }

    private static SmsLine line(
            String name, SmsProvider provider, double rate, int connections, SmsConfig config, Clock clock) {
        var bounds = new SmsLine.Bounds(rate, connections, config.connectTimeout(), config.timeout());
        return new SmsLine(name, provider, bounds, clock);
    }

    private static SmsProvider provider(SmsConfig.Kind kind, Account account) {
        return switch (kind) {
            case ALIYUN -> new AliyunSms(account, () -> UUID.randomUUID().toString());
            case TENCENT -> new TencentSms(account);
            case TWILIO -> new TwilioSms(account);
            case HTTP -> new HttpSms(account);
        };
    }

    public Outcome send(Sms sms) {
        if (lines.isEmpty()) {
            return new Outcome.TryLater("no SMS gateway is configured (regulars.sms.url)", null);
        }
        if (sms.perhapsBy() != null) {
            return again(sms);
        }
        Outcome outcome = null;
        for (SmsLine line : lines) {
            SmsProvider.Verdict verdict = line.send(sms);
            Outcome said = told(line, verdict.outcome());
            boolean surelyNot = said instanceof Outcome.TryLater || said instanceof Outcome.NotNow;
            if (!surelyNot || !verdict.ill()) {
                return said;
            }
            outcome = outcome == null ? said : sooner(outcome, said);
        }
        return outcome;
    }

    /// By the provider that may have sent it, if it tells a repetition by its key.
    private Outcome again(Sms sms) {
        Optional<SmsLine> same = sms.perhapsBy().isEmpty() && lines.size() == 1
                ? Optional.of(lines.getFirst())
                : lines.stream()
                        .filter(line -> line.name().equals(sms.perhapsBy()))
                        .findFirst();
        return same.filter(line -> line.provider().idempotent())
                .map(line -> told(line, line.send(sms).outcome()))
                .orElseGet(() -> new Outcome.Unknown(
                        "perhaps sent, and no provider is left that would know it for a repetition"));
    }

    /// The provider's name for a message is told with the provider's own.
    private Outcome told(SmsLine line, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Sent(var id) -> new Outcome.Sent(line.name() + ":" + named(id));
            case Outcome.Repeat repeat ->
                new Outcome.Repeat(Words.of(repeat.reason()), repeat.after(), line.name() + ":");
            case Outcome.TryLater(var reason, var after) -> new Outcome.TryLater(by(line, reason), after);
            case Outcome.Refused(var reason) -> new Outcome.Refused(by(line, reason));
            case Outcome.Unknown(var reason) -> new Outcome.Unknown(by(line, reason));
            case Outcome.NotNow notNow -> notNow;
        };
    }

    /// A name that no column takes is none.
    private static String named(String id) {
        return id == null || id.length() > Inbound.LONGEST_ID || id.chars().anyMatch(c -> c < ' ') ? "" : id;
    }

    private String by(SmsLine line, String reason) {
        String words = Words.of(reason);
        return lines.size() == 1 ? words : line.name() + ": " + words;
    }

    /// A try that was made counts; of two waits the shorter one.
    private static Outcome sooner(Outcome one, Outcome other) {
        if (one instanceof Outcome.NotNow(var reason, var after)
                && other instanceof Outcome.NotNow(var second, var then)) {
            return then.compareTo(after) < 0 ? new Outcome.NotNow(second, then) : new Outcome.NotNow(reason, after);
        }
        if (one instanceof Outcome.TryLater(var reason, var after)
                && other instanceof Outcome.TryLater(var second, var then)) {
            Duration wait = after == null || then == null ? null : after.compareTo(then) < 0 ? after : then;
            return new Outcome.TryLater(reason + "; " + second, wait);
        }
        return one instanceof Outcome.TryLater later
                ? new Outcome.TryLater(later.reason(), null)
                : new Outcome.TryLater(((Outcome.TryLater) other).reason(), null);
    }

    /// How many messages are worth claiming now: none while every provider fails, no more than a second's
    /// worth where each has a rate.
    public int room() {
        return (int) Math.min(
                Integer.MAX_VALUE,
                lines.isEmpty()
                        ? Integer.MAX_VALUE
                        : lines.stream().mapToLong(SmsLine::room).sum());
    }

    /// Whether a message whose fate is unknown, and its provider too, can be sent again without harm.
    public boolean idempotent() {
        return lines.size() == 1 && lines.getFirst().provider().idempotent();
    }

    public Optional<SmsProvider> provider(String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .map(SmsLine::provider)
                .findFirst();
    }

    @PreDestroy
    void close() {
        lines.forEach(SmsLine::close);
    }
}
