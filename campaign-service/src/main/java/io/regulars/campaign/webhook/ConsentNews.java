package io.regulars.campaign.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import org.jdbi.v3.core.Jdbi;

/// Tells of customers who allow a channel from now on, or no more: by what the copy held before their newer
/// record is applied. Who was not known has changed nothing.
@ApplicationScoped
public class ConsentNews {

    private record Held(long version, Map<Channel, Boolean> consents) {}

    /// Without a lock: rows are locked in one order where the records are applied. A customer's records come
    /// by one partition, and one that is told again has the same name.
    private static final String HELD = """
            select a.merchant_id, a.customer_id, a.profile_version, a.sms_consent, a.email_consent, a.inbox_consent
            from audience a
            join unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
              on a.merchant_id = k.merchant_id and a.customer_id = k.customer_id
            where a.profile_version > 0
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Announcements announcements;

    ConsentNews(Jdbi jdbi, Clock clock, Announcements announcements) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.announcements = announcements;
    }

    /// In the transaction that is about to apply them.
    public void tell(List<CustomerChanged> customers) {
        var merchants = customers.stream().map(CustomerChanged::merchantId).collect(Collectors.toSet());
        if (!announcements.anyoneWants(merchants, EventType.CONSENT_GRANTED, EventType.CONSENT_WITHDRAWN)) {
            return;
        }
        Map<CustomerKey, Held> held = held(customers);
        List<News> news = new ArrayList<>();
        for (CustomerChanged customer : customers) {
            Held before = held.get(new CustomerKey(customer.merchantId(), customer.customerId()));
            if (before != null && before.version() < customer.version() && !customer.erased()) {
                customer.consents().forEach((channel, consent) -> {
                    if (!Boolean.valueOf(consent.granted())
                            .equals(before.consents().get(channel))) {
                        news.add(news(customer, channel, consent.granted()));
                    }
                });
            }
        }
        announcements.tell(news);
    }

    private News news(CustomerChanged customer, Channel channel, boolean granted) {
        String name = ChannelNames.of(channel);
        return News.of(
                granted ? EventType.CONSENT_GRANTED : EventType.CONSENT_WITHDRAWN,
                customer.merchantId(),
                customer.customerId(),
                "consent_" + customer.customerId() + "_" + name + "_" + customer.version(),
                clock.instant(),
                "channel",
                name);
    }

    private Map<CustomerKey, Held> held(List<CustomerChanged> customers) {
        List<CustomerKey> keys = customers.stream()
                .map(customer -> new CustomerKey(customer.merchantId(), customer.customerId()))
                .toList();
        Map<CustomerKey, Held> held = new HashMap<>();
        jdbi.useHandle(handle -> CustomerKey.bind(handle.createQuery(HELD), keys)
                .map((row, context) -> held.put(
                        new CustomerKey(row.getInt("merchant_id"), row.getLong("customer_id")),
                        new Held(row.getLong("profile_version"), consents(row))))
                .list());
        return held;
    }

    private static Map<Channel, Boolean> consents(ResultSet row) throws SQLException {
        Map<Channel, Boolean> consents = new HashMap<>();
        consents.put(Channel.SMS, row.getObject("sms_consent", Boolean.class));
        consents.put(Channel.EMAIL, row.getObject("email_consent", Boolean.class));
        consents.put(Channel.INBOX, row.getObject("inbox_consent", Boolean.class));
        return consents;
    }
}
