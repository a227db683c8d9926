package io.regulars.campaign.guardrail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.ConditionSql;
import io.regulars.campaign.audience.Segments;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Counts whom a channel would reach of those whom a condition picks, and why it would not reach the others:
/// each customer once, by the first reason that a message would be told. A preview that counts people who
/// cannot be mailed is the fault it is for (Mautic #15834).
@ApplicationScoped
public class Reach {

    /// @param picked by the condition, whether they can be reached or not
    /// @param excluded how many by reason, those with nobody left out
    public record Counts(long picked, long reachable, Map<String, Long> excluded) {}

    private static final List<String> REASONS = List.of(
            "erased",
            "global holdout",
            "consent withdrawn",
            "no consent",
            "no address",
            "suppressed",
            "no way to unsubscribe",
            "capped now");

    /// The holdout's bucket is that of `Holdout`: the first 64 bits of the hash, without sign, modulo 10,000,
    /// worked out of its halves, since 2^32 leaves 7296. Whoever reached a cap is found by reading the messages
    /// that count once, not for each customer.
    private static final String COUNT = """
            with capped as materialized (
              select distinct m.customer_id
              from unnest(:capChannels::text[], :capMosts::int[], :capSinces::timestamptz[]) as c (channel, most, since)
              cross join lateral (
                select customer_id from message
                where merchant_id = :merchant and counted_at > c.since and (c.channel = 'all' or channel = c.channel)
                group by customer_id having count(*) >= c.most) m
            ), judged as (
              select case
                when a.erased then 'erased'
                when :buckets > 0 and (select (('x' || substr(h, 1, 8))::bit(32)::bigint * 7296
                    + ('x' || substr(h, 9, 8))::bit(32)::bigint) %% 10000
                  from encode(sha256(convert_to(:salt || ':' || a.customer_id, 'UTF8')), 'hex') as h) < :buckets
                  then 'global holdout'
                when %1$s is false and (:marketing or :channel = 'sms') then 'consent withdrawn'
                when %1$s is null and :marketing and :channel <> 'inbox' then 'no consent'
                when %2$s then 'no address'
                when %4$s then 'suppressed'
                when :channel = 'email' and :marketing and a.unsubscribe_token is null then 'no way to unsubscribe'
                when :nobody or exists (select from capped k where k.customer_id = a.customer_id) then 'capped now'
                else 'reachable' end as reason
              from audience a
              where a.merchant_id = :merchant and a.profile_version > 0 and %3$s
            )
            select reason, count(*) from judged group by reason
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;
    private final Guardrails guardrails;
    private final Segments segments;

    Reach(Jdbi jdbi, Clock clock, Shops shops, Guardrails guardrails, Segments segments) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
        this.guardrails = guardrails;
        this.segments = segments;
    }

    public Counts count(int merchant, Condition condition, Channel channel, boolean marketing) {
        Settings settings = guardrails.of(merchant);
        Policy policy = settings.policy();
        Shop shop = shops.find(merchant);
        Instant now = clock.instant();
        var where = ConditionSql.of(segments.resolve(merchant, condition), shop, now);
        GlobalHoldout holdout = marketing || policy.transactional().holdout() ? policy.globalHoldout() : null;
        List<Cap> caps = !marketing && !policy.transactional().caps()
                ? List.of()
                : settings.caps().stream().filter(cap -> cap.counts(channel)).toList();
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbi.useHandle(handle -> where.bind(handle.createQuery(
                        COUNT.formatted(consent(channel), lacksAddress(channel), where.sql(), suppressed(channel))))
                .bind("merchant", merchant)
                .bind("marketing", marketing)
                .bind("channel", ChannelNames.of(channel))
                .bind("buckets", holdout == null ? 0 : Holdout.buckets(holdout.percent()))
                .bind("salt", holdout == null ? "" : holdout.saltAt(merchant, now, shop.zone()))
                .bind("nobody", caps.stream().anyMatch(cap -> cap.max() == 0))
                .bindArray(
                        "capChannels",
                        String.class,
                        caps.stream()
                                .map(cap -> cap.channel() == null ? "all" : ChannelNames.of(cap.channel()))
                                .toList())
                .bindArray(
                        "capMosts", Integer.class, caps.stream().map(Cap::max).toList())
                .bindArray(
                        "capSinces",
                        String.class,
                        caps.stream()
                                .map(cap -> now.minus(cap.per()).toString())
                                .toList())
                .map((row, context) -> put(counts, row))
                .list());
        return counted(counts);
    }

    private static Counts counted(Map<String, Long> counts) {
        Map<String, Long> excluded = new LinkedHashMap<>();
        REASONS.stream().filter(counts::containsKey).forEach(reason -> excluded.put(reason, counts.get(reason)));
        return new Counts(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                counts.getOrDefault("reachable", 0L),
                excluded);
    }

    private static Long put(Map<String, Long> counts, ResultSet row) throws SQLException {
        return counts.put(row.getString(1), row.getLong(2));
    }

    private static String consent(Channel channel) {
        return switch (channel) {
            case EMAIL -> "a.email_consent";
            case SMS -> "a.sms_consent";
            case INBOX -> "a.inbox_consent";
        };
    }

    /// By the hash under which the list of suppressions keeps an address.
    private static String suppressed(Channel channel) {
        String address = switch (channel) {
            case EMAIL -> "lower(btrim(a.email))";
            case SMS -> "btrim(a.phone)";
            case INBOX -> null;
        };
        return address == null ? "false" : """
                exists (select from suppression s where s.merchant_id = a.merchant_id and s.channel = :channel
                  and s.address_hash = sha256(convert_to(%s, 'UTF8')))""".formatted(address);
    }

    private static String lacksAddress(Channel channel) {
        return switch (channel) {
            case EMAIL -> "a.email is null";
            case SMS -> "a.phone is null";
            case INBOX -> "false";
        };
    }
}
