package io.regulars.campaign.preview;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.channel.Email;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;
import io.regulars.campaign.channel.Smtp;
import io.regulars.campaign.sms.SmsGateway;
import io.regulars.campaign.template.Renderer;
import io.regulars.campaign.work.Loop;
import org.jdbi.v3.core.Jdbi;

/// Sends messages for a try over the wire that all messages take, one after the other. Each is marked as
/// transmitting before: one whose sender died is `uncertain`, and is not sent again.
@ApplicationScoped
class TestSender {

    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration TOO_LATE = Duration.ofHours(1);
    private static final int MOST_TRIES = 5;

    private static final String STEP = """
            trail = s.trail || jsonb_build_array(jsonb_strip_nulls(
              jsonb_build_object('state', :state::text, 'at', :at::text, 'reason', :reason::text)))
            """;

    private static final String CLAIM = """
            update test_send s set state = 'transmitting', attempts = s.attempts + 1, due_at = :until,\s""" + STEP + """
            from (
              select q.merchant_id, q.id from test_send q
              where q.due_at <= :now and q.state = 'queued'
                and not exists (select from sending_stop t where t.merchant_id in (0, q.merchant_id))
              order by q.due_at limit 1 for update of q skip locked
            ) as d, test_address a
            where s.merchant_id = d.merchant_id and s.id = d.id
              and a.merchant_id = s.merchant_id and a.id = s.address_id
            returning s.merchant_id, s.id, s.channel, s.subject, s.text, s.html, s.unsubscribe_url, s.attempts, a.address
            """;

    private static final String RESULT = """
            update test_send s set state = :state, provider_id = :provider, due_at = :due,
              text = case when :due::timestamptz is null then null else s.text end,
              html = case when :due::timestamptz is null then null else s.html end,\s""" + STEP + """
            where s.merchant_id = :merchant and s.id = :id and s.state = 'transmitting'
            """;

    /// Those of senders that died, and those that nobody could send for long.
    private static final String GIVE_UP = """
            update test_send s set state = case when s.state = 'transmitting' then 'uncertain' else 'failed' end,
              due_at = null, text = null, html = null,
              trail = s.trail || jsonb_build_array(jsonb_build_object(
                'state', case when s.state = 'transmitting' then 'uncertain' else 'failed' end, 'at', :at::text,
                'reason', case when s.state = 'transmitting' then 'its sender went away' else 'held up for too long' end))
            where s.due_at <= :now and (s.state = 'transmitting' or s.created_at < :late)
            """;

    private record Claimed(
            int merchantId,
            long id,
            String channel,
            String subject,
            String text,
            String html,
            String unsubscribeUrl,
            int attempts,
            String address) {}

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;
    private final Smtp smtp;
    private final SmsGateway gateway;
    private Loop loop;

    TestSender(Jdbi jdbi, Clock clock, Shops shops, Smtp smtp, SmsGateway gateway) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
        this.smtp = smtp;
        this.gateway = gateway;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("test-sends", Duration.ofMillis(500), this::once);
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    /// @return whether there may be more
    boolean once() {
        Instant now = clock.instant();
        Optional<Claimed> claimed = QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> {
                    handle.createUpdate(GIVE_UP)
                            .bind("now", now)
                            .bind("at", now.toString())
                            .bind("late", now.minus(TOO_LATE))
                            .execute();
                    return handle.createQuery(CLAIM)
                            .bind("now", now)
                            .bind("until", now.plus(LEASE))
                            .bind("state", "transmitting")
                            .bind("at", now.toString())
                            .bind("reason", (String) null)
                            .map((row, context) -> new Claimed(
                                    row.getInt("merchant_id"),
                                    row.getLong("id"),
                                    row.getString("channel"),
                                    row.getString("subject"),
                                    row.getString("text"),
                                    row.getString("html"),
                                    row.getString("unsubscribe_url"),
                                    row.getInt("attempts"),
                                    row.getString("address")))
                            .findOne();
                }));
        claimed.ifPresent(one -> result(one, send(one)));
        return claimed.isPresent();
    }

    private Outcome send(Claimed one) {
        try {
            return "sms".equals(one.channel())
                    ? gateway.send(new Sms(key(one), one.address(), one.text()))
                    : smtp.send(new Email(
                            "test-" + key(one),
                            shops.find(one.merchantId()).name(),
                            one.address(),
                            one.subject(),
                            one.text(),
                            one.html() == null ? Renderer.asHtml(one.text()) : one.html(),
                            one.unsubscribeUrl()));
        } catch (RuntimeException e) {
            return new Outcome.Unknown("the sender broke: " + e.getClass().getSimpleName());
        }
    }

    private void result(Claimed one, Outcome outcome) {
        switch (outcome) {
            case Outcome.Sent(var provider) -> write(one, "sent", provider, null, null);
            case Outcome.Refused(var reason) -> write(one, "failed", null, reason, null);
            case Outcome.Unknown(var reason) -> write(one, "uncertain", null, reason, null);
            case Outcome.Repeat repeat -> write(one, "uncertain", repeat.providerId(), repeat.reason(), null);
            case Outcome.TryLater later -> again(one, later.reason());
            case Outcome.NotNow notNow -> again(one, notNow.reason());
        }
    }

    private void again(Claimed one, String reason) {
        if (one.attempts() >= MOST_TRIES) {
            write(one, "failed", null, reason, null);
        } else {
            write(one, "queued", null, reason, clock.instant().plus(RETRY));
        }
    }

    private void write(Claimed one, String state, String provider, String reason, Instant due) {
        QuarkusTransaction.requiringNew()
                .run(() -> jdbi.useHandle(handle -> handle.createUpdate(RESULT)
                        .bind("merchant", one.merchantId())
                        .bind("id", one.id())
                        .bind("state", state)
                        .bind("provider", provider)
                        .bind("reason", reason)
                        .bind("due", due)
                        .bind("at", clock.instant().toString())
                        .execute()));
    }

    private static String key(Claimed one) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("test/" + one.merchantId() + "/" + one.id()).getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).toString(36);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
