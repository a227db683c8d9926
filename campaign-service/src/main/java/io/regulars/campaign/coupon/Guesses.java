package io.regulars.campaign.coupon;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Bounds how fast codes can be guessed, over all replicas: who asks for codes that there are not must wait,
/// and is told of none meanwhile, right or wrong. A customer who is named has few tries. All tries count for
/// the shop's client that asks too, whatever customers it names: it has many, so that one guesser does not
/// close the shop's checkout at once. Calls that are under way at the same time may all still be answered.
@ApplicationScoped
class Guesses {

    static final int OF_A_CUSTOMER = 10;
    static final int OF_A_CLIENT = 300;

    private static final Duration WITHIN = Duration.ofMinutes(10);

    /// Misses are counted by the minute: a client has so many rows at most, and as many for the customers it
    /// names as it has tries.
    private static final Duration SLOT = Duration.ofMinutes(1);

    private static final int DROPPED_AT_ONCE = 1_000;

    /// Who has had more tries than they have, and when the first of these are forgotten.
    private static final String TOO_MANY = """
            select max(oldest) from (
              select min(slot) as oldest from coupon_guess
              where merchant_id = :merchant and who = any(:whos) and slot > :since
              group by who having sum(misses) >= case when left(who, 7) = 'client:' then :ofClient else :ofCustomer end) full_ones
            """;

    private static final String MISSED = """
            insert into coupon_guess (merchant_id, who, slot, misses)
            select :merchant, who, :slot, 1 from unnest(:whos::text[]) as w (who) order by who
            on conflict (merchant_id, who, slot) do update set misses = coupon_guess.misses + 1
            """;

    private static final String FORGET = """
            delete from coupon_guess where (merchant_id, who, slot) in (
              select merchant_id, who, slot from coupon_guess where merchant_id = :merchant and slot <= :since
              limit :most for update skip locked)
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Guesses(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// @param customer as the checkout names them, or null
    void refuseTooMany(int merchant, String actor, String customer) {
        Instant now = clock.instant();
        jdbi.withHandle(handle -> handle.createQuery(TOO_MANY)
                        .bind("merchant", merchant)
                        .bindArray("whos", String.class, whos(actor, customer))
                        .bind("since", since(now))
                        .bind("ofClient", OF_A_CLIENT)
                        .bind("ofCustomer", OF_A_CUSTOMER)
                        .mapTo(Instant.class)
                        .findOne())
                .ifPresent(oldest -> {
                    throw Problems.tooMany(
                            "too many codes that do not exist were asked for",
                            Duration.between(now, oldest.plus(SLOT).plus(WITHIN))
                                    .plusSeconds(1));
                });
    }

    /// In a transaction of its own: that of the request is undone by the very answer that there is no such code. Where
    /// there is one, with its connection, nobody waits: many such requests would leave no connection to count with.
    void missed(int merchant, String actor, String customer) {
        if (QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            Thread.ofVirtual().name("guesses").start(() -> count(merchant, actor, customer));
        } else {
            count(merchant, actor, customer);
        }
    }

    private void count(int merchant, String actor, String customer) {
        Instant now = clock.instant();
        QuarkusTransaction.requiringNew()
                .run(() -> jdbi.useHandle(handle -> {
                    handle.createUpdate(MISSED)
                            .bind("merchant", merchant)
                            .bindArray("whos", String.class, whos(actor, customer))
                            .bind("slot", now.truncatedTo(ChronoUnit.MINUTES))
                            .execute();
                    handle.createUpdate(FORGET)
                            .bind("merchant", merchant)
                            .bind("since", since(now))
                            .bind("most", DROPPED_AT_ONCE)
                            .execute();
                }));
    }

    /// What began by then counts no more.
    private static Instant since(Instant now) {
        return now.minus(WITHIN).minus(SLOT);
    }

    private static List<String> whos(String actor, String customer) {
        List<String> whos = new ArrayList<>();
        whos.add("client:" + hash(actor));
        if (customer != null) {
            whos.add("customer:" + hash(customer));
        }
        return whos;
    }

    /// Customers are named by whoever asks, at any length: nothing of that is kept.
    private static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
