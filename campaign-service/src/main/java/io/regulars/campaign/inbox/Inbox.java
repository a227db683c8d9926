package io.regulars.campaign.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Engaged;
import org.jdbi.v3.core.Jdbi;

/// Keeps the customers' in-site messages.
@ApplicationScoped
public class Inbox {

    /// A message to lay into an inbox.
    public record Letter(
            int merchantId,
            long customerId,
            long messageId,
            long campaignId,
            String subject,
            String text,
            String html) {}

    record Entry(
            int merchantId,
            long customerId,
            long id,
            long messageId,
            long campaignId,
            String subject,
            String text,
            String html,
            Instant sentAt,
            Instant readAt) {}

    private static final String DELIVER = """
            insert into inbox_message (merchant_id, customer_id, message_id, campaign_id, subject, text, html, sent_at)
            values (:merchant, :customer, :message, :campaign, :subject, :text, :html, :now)
            on conflict on constraint inbox_message_once do nothing
            """;

    private static final String LIST = """
            select * from inbox_message
            where merchant_id = :merchant and customer_id = :customer and (:before = 0 or id < :before)
              and (not :unread or read_at is null)
            order by id desc limit :limit
            """;

    private static final String UNREAD = """
            select count(*) from inbox_message
            where merchant_id = :merchant and customer_id = :customer and read_at is null
            """;

    private static final String READ = """
            update inbox_message set read_at = :now
            where merchant_id = :merchant and customer_id = :customer and read_at is null
              and (:all or id = any(:ids))
            returning message_id
            """;

    private static final String FIND =
            "select * from inbox_message where merchant_id = :merchant and customer_id = :customer and id = :id";

    private static final String FORGET = """
            delete from inbox_message i
            using unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
            where i.merchant_id = k.merchant_id and i.customer_id = k.customer_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Event<Engaged> engaged;

    Inbox(Jdbi jdbi, Clock clock, Event<Engaged> engaged) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.engaged = engaged;
    }

    /// In the caller's transaction; a message that is there already is not laid in again.
    @Transactional(Transactional.TxType.MANDATORY)
    public void deliver(List<Letter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        jdbi.useHandle(handle -> {
            var batch = handle.prepareBatch(DELIVER);
            letters.forEach(letter -> batch.bind("merchant", letter.merchantId())
                    .bind("customer", letter.customerId())
                    .bind("message", letter.messageId())
                    .bind("campaign", letter.campaignId())
                    .bind("subject", letter.subject())
                    .bind("text", letter.text())
                    .bind("html", letter.html())
                    .bind("now", now)
                    .add());
            batch.execute();
        });
    }

    /// Of people who asked to be erased nothing stays.
    public void forget(Collection<CustomerKey> customers) {
        if (customers.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle ->
                CustomerKey.bind(handle.createUpdate(FORGET), customers).execute());
    }

    /// @param before the id of the last one seen, 0 for the first page
    List<Entry> list(int merchant, long customer, boolean unread, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("unread", unread)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list());
    }

    boolean exists(int merchant, long customer, long id) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("id", id)
                .map((row, context) -> entry(row))
                .findOne()
                .isPresent());
    }

    long unread(int merchant, long customer) {
        return jdbi.withHandle(handle -> handle.createQuery(UNREAD)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .mapTo(Long.class)
                .one());
    }

    /// @param ids null for all
    @Transactional
    int read(int merchant, long customer, List<Long> ids) {
        List<Long> opened = jdbi.withHandle(handle -> handle.createQuery(READ)
                .bind("now", clock.instant())
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("all", ids == null)
                .bindArray("ids", Long.class, ids == null ? List.of() : ids)
                .mapTo(Long.class)
                .list());
        if (!opened.isEmpty()) {
            engaged.fire(new Engaged(merchant, customer, opened, false));
        }
        return opened.size();
    }

    static Entry entry(ResultSet row) throws SQLException {
        Timestamp readAt = row.getTimestamp("read_at");
        return new Entry(
                row.getInt("merchant_id"),
                row.getLong("customer_id"),
                row.getLong("id"),
                row.getLong("message_id"),
                row.getLong("campaign_id"),
                row.getString("subject"),
                row.getString("text"),
                row.getString("html"),
                row.getTimestamp("sent_at").toInstant(),
                readAt == null ? null : readAt.toInstant());
    }
}
