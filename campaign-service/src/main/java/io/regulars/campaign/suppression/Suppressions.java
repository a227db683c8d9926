package io.regulars.campaign.suppression;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// The list of them, asked whenever a message is planned or claimed.
@ApplicationScoped
public class Suppressions {

    public static final String REPLIED_STOP = "replied-stop";
    public static final String HARD_BOUNCE = "hard-bounce";
    public static final String SOFT_BOUNCES = "soft-bounces";
    public static final String COMPLAINT = "complaint";
    static final String MANUAL = "manual";

    /// @param hint the address with its middle left out
    record Row(long id, String channel, String hint, String reason, String detail, Instant since) {}

    private record Asked(CustomerKey customer, Address address) {}

    private static final String ADD = """
            insert into suppression (merchant_id, channel, address_hash, hint, reason, detail, since)
            values (:merchant, :channel, :hash, :hint, :reason, :detail, :since)
            on conflict on constraint suppression_pkey do nothing
            """;

    private static final String OF = """
            select k.customer_id, s.merchant_id, s.channel, s.reason
            from unnest(:merchants::int[], :customers::bigint[], :channels::text[], :hashes::text[])
              as k (merchant_id, customer_id, channel, hash)
            join suppression s on s.merchant_id = k.merchant_id and s.channel = k.channel
              and s.address_hash = decode(k.hash, 'hex')
            """;

    private static final String LIST = """
            select id, channel, hint, reason, detail, since from suppression
            where merchant_id = :merchant and (:before = 0 or id < :before)
              and (:channel::text is null or channel = :channel)
            order by id desc limit :limit
            """;

    private static final String FIND = """
            select id, channel, hint, reason, detail, since from suppression
            where merchant_id = :merchant and channel = :channel and address_hash = :hash
            """;

    private static final String REMOVE = "delete from suppression where merchant_id = :merchant and id = :id";

    private final Jdbi jdbi;

    Suppressions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// What is on the list already stays there with its first reason.
    ///
    /// @param detail the words of whoever told, or null
    /// @return whether it is new
    public boolean add(int merchant, Address address, String reason, String detail, Instant since) {
        return jdbi.withHandle(handle -> handle.createUpdate(ADD)
                        .bind("merchant", merchant)
                        .bind("channel", ChannelNames.of(address.channel()))
                        .bind("hash", address.hash())
                        .bind("hint", address.hint())
                        .bind("reason", reason)
                        .bind("detail", detail)
                        .bind("since", since)
                        .execute())
                > 0;
    }

    /// By customer and channel the reason why their address must not be written to; those without one are
    /// left out.
    public Map<CustomerKey, Map<Channel, String>> of(Collection<Customer> customers) {
        List<Asked> asked = new ArrayList<>();
        for (Customer customer : customers) {
            ask(asked, customer, Channel.SMS, customer.phone());
            ask(asked, customer, Channel.EMAIL, customer.email());
        }
        Map<CustomerKey, Map<Channel, String>> found = new HashMap<>();
        if (asked.isEmpty()) {
            return found;
        }
        jdbi.useHandle(handle -> handle.createQuery(OF)
                .bindArray(
                        "merchants",
                        Integer.class,
                        asked.stream().map(one -> one.customer().merchantId()).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        asked.stream().map(one -> one.customer().customerId()).toList())
                .bindArray(
                        "channels",
                        String.class,
                        asked.stream()
                                .map(one -> ChannelNames.of(one.address().channel()))
                                .toList())
                .bindArray(
                        "hashes",
                        String.class,
                        asked.stream()
                                .map(one ->
                                        HexFormat.of().formatHex(one.address().hash()))
                                .toList())
                .map((row, context) -> found.computeIfAbsent(
                                new CustomerKey(row.getInt("merchant_id"), row.getLong("customer_id")),
                                key -> new EnumMap<>(Channel.class))
                        .put(ChannelNames.parse(row.getString("channel")), row.getString("reason")))
                .list());
        return found;
    }

    private static void ask(List<Asked> asked, Customer customer, Channel channel, String address) {
        if (address != null && !address.isBlank()) {
            asked.add(new Asked(customer.key(), Address.of(channel, address)));
        }
    }

    /// The latest first.
    ///
    /// @param channel null for all
    /// @param before the id of the last one seen, 0 for the first page
    List<Row> list(int merchant, String channel, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("channel", channel)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    Optional<Row> find(int merchant, Address address) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("channel", ChannelNames.of(address.channel()))
                .bind("hash", address.hash())
                .map((row, context) -> row(row))
                .findOne());
    }

    boolean remove(int merchant, long id) {
        return jdbi.withHandle(handle -> handle.createUpdate(REMOVE)
                        .bind("merchant", merchant)
                        .bind("id", id)
                        .execute())
                > 0;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("hint"),
                row.getString("reason"),
                row.getString("detail"),
                row.getTimestamp("since").toInstant());
    }
}
