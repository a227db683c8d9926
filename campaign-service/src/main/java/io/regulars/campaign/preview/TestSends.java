package io.regulars.campaign.preview;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.guardrail.Stops;
import io.regulars.campaign.suppression.Suppressions;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Messages for a try, from the request to the provider's answer. They are rows of their own: no report, cap
/// or budget knows of them.
@ApplicationScoped
class TestSends {

    static final String ID = "tst";

    /// What one says.
    ///
    /// @param subject null in an SMS
    /// @param unsubscribeUrl for the header of marketing; leads nowhere
    record Saying(String subject, String text, String html, String unsubscribeUrl) {}

    /// @param templateId null for a code
    /// @param trail a JSON list of states with their instants and reasons
    record Row(
            long id,
            Long templateId,
            Integer version,
            String channel,
            String address,
            String state,
            String providerId,
            String trail,
            Instant createdAt) {}

    private static final String ADD = """
            insert into test_send (merchant_id, kind, template_id, version, address_id, channel, subject, text, html,
              unsubscribe_url, due_at, trail, created_at, created_by)
            values (:merchant, :kind, :template, :version, :address, :channel, :subject, :text, :html,
              :unsubscribe, :now, jsonb_build_array(jsonb_build_object('state', 'queued', 'at', :at::text)), :now, :by)
            returning id
            """;

    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('test_send'), :merchant)";

    private static final String COUNT = """
            select count(*) from test_send where merchant_id = :merchant and kind = :kind and created_at > :since
            """;

    private static final String LAST_CODE = """
            select max(created_at) from test_send
            where merchant_id = :merchant and kind = 'code' and address_id = :address and created_at > :since
            """;

    private static final String ROWS = """
            select s.id, s.template_id, s.version, s.channel, a.address, s.state, s.provider_id, s.trail, s.created_at
            from test_send s join test_address a on a.merchant_id = s.merchant_id and a.id = s.address_id
            where s.merchant_id = :merchant and s.kind = 'test'
            """;

    private static final String FIND = ROWS + " and s.id = any(:ids) order by s.id";

    private static final String LIST = ROWS + " and (:before = 0 or s.id < :before) order by s.id desc limit :limit";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;
    private final Stops stops;
    private final Suppressions suppressions;

    TestSends(Jdbi jdbi, Clock clock, Shops shops, Stops stops, Suppressions suppressions) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
        this.stops = stops;
        this.suppressions = suppressions;
    }

    /// Requests of one shop are counted one after the other.
    @Transactional(Transactional.TxType.MANDATORY)
    void lockShop(int merchant) {
        if (stops.find(merchant).isPresent()) {
            throw Problems.conflict("all sending of the shop is stopped, and so are messages for a try");
        }
        jdbi.useHandle(handle -> handle.createQuery(LOCK)
                .bind("merchant", merchant)
                .map((row, context) -> true)
                .one());
    }

    void refuseBeyond(int merchant, String kind, int most, Duration within) {
        long sent = jdbi.withHandle(handle -> handle.createQuery(COUNT)
                .bind("merchant", merchant)
                .bind("kind", kind)
                .bind("since", clock.instant().minus(within))
                .mapTo(Long.class)
                .one());
        if (sent >= most) {
            throw Problems.tooMany("at most " + most + " of these in " + within.toHours() + " h", within.dividedBy(4));
        }
    }

    void refuseAgainWithin(int merchant, long address, Duration pause) {
        Instant since = clock.instant().minus(pause);
        jdbi.withHandle(handle -> handle.createQuery(LAST_CODE)
                        .bind("merchant", merchant)
                        .bind("address", address)
                        .bind("since", since)
                        .mapTo(Timestamp.class)
                        .findOne())
                .ifPresent(last -> {
                    throw Problems.tooMany("a code was sent there just now", pause);
                });
    }

    /// Whoever asked to hear no more is not written to for a try either.
    void refuseSuppressed(int merchant, String channel, String address) {
        boolean phone = "sms".equals(channel);
        var asked = new Customer(
                merchant,
                0,
                true,
                null,
                null,
                null,
                phone ? address : null,
                phone ? null : address,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null);
        if (!suppressions.of(List.of(asked)).isEmpty()) {
            throw Problems.conflict("the address must not be written to: it is on the list of suppressions");
        }
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void sendCode(int merchant, TestAddresses.Row address, String code, String by) {
        Shop shop = shops.find(merchant);
        String words = shop.chinese()
                ? "您的验证码是" + code + "，10分钟内有效，用于接收测试消息。"
                : "Your code is " + code + ". It lets this address get test messages, and lasts 10 minutes.";
        boolean phone = "sms".equals(address.channel());
        var saying = new Saying(
                phone ? null : shop.chinese() ? "验证码" : "Your code", phone ? signed(shop, words) : words, null, null);
        add(merchant, "code", null, null, address, saying, by);
    }

    private static String signed(Shop shop, String words) {
        return shop.chinese() ? "【" + shop.name() + "】" + words : shop.name() + ": " + words;
    }

    /// @param template its id and version; null for a code
    @Transactional(Transactional.TxType.MANDATORY)
    long add(
            int merchant,
            String kind,
            Long template,
            Integer version,
            TestAddresses.Row address,
            Saying saying,
            String by) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery(ADD)
                .bind("merchant", merchant)
                .bind("kind", kind)
                .bindBySqlType("template", template, Types.BIGINT)
                .bindBySqlType("version", version, Types.INTEGER)
                .bind("address", address.id())
                .bind("channel", address.channel())
                .bind("subject", saying.subject())
                .bind("text", saying.text())
                .bind("html", saying.html())
                .bind("unsubscribe", saying.unsubscribeUrl())
                .bind("now", now)
                .bind("at", now.toString())
                .bind("by", by)
                .mapTo(Long.class)
                .one());
    }

    List<Row> find(int merchant, List<Long> ids) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bindArray("ids", Long.class, ids)
                .map((row, context) -> row(row))
                .list());
    }

    Optional<Row> find(int merchant, long id) {
        return find(merchant, List.of(id)).stream().findFirst();
    }

    /// The latest first.
    List<Row> list(int merchant, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getObject("template_id", Long.class),
                row.getObject("version", Integer.class),
                row.getString("channel"),
                row.getString("address"),
                row.getString("state"),
                row.getString("provider_id"),
                row.getString("trail"),
                row.getTimestamp("created_at").toInstant());
    }
}
