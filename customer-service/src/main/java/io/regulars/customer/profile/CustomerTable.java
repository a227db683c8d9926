package io.regulars.customer.profile;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.regulars.customer.rows.Rows;
import org.jdbi.v3.core.Jdbi;

/// The rows of `customer`, many at a time.
@Singleton
class CustomerTable {

    private static final String COLUMNS = """
            merchant_id, customer_id, version, external_id, name, gender, birthday, region, city, language, time_zone,
            phone, email, identities, tags, attributes, need_type, interests, consents, unsubscribe_token, created_at,
            changed_at
            """;

    private static final String ROWS = """
            json_to_recordset(:rows::json) as r (
              merchant_id int, customer_id bigint, version bigint, external_id text, name text, gender text,
              birthday date, region text, city text, language text, time_zone text, phone text, email text,
              identities jsonb, tags text[], attributes jsonb, need_type text, interests text[], consents jsonb,
              unsubscribe_token text, created_at timestamptz, changed_at timestamptz)
            """;

    /// In the order of the ids, like every lock on customers: two writers of the same ones wait and do not
    /// deadlock.
    private static final String LOCK = """
            select to_json(c) from customer c
            where merchant_id = :merchant and external_id = any(:externalIds)
            order by customer_id for no key update
            """;

    private static final String LOCK_ONE = """
            select to_json(c) from customer c where merchant_id = :merchant and customer_id = :customer
            for no key update
            """;

    private static final String NEXT_IDS = "select nextval('customer_id_seq') from generate_series(1, :count)";

    private static final String INSERT = "insert into customer (" + COLUMNS + ") select " + COLUMNS + " from " + ROWS
            + " order by external_id on conflict (merchant_id, external_id) do nothing returning customer_id";

    private static final String UPDATE =
            """
            update customer c set
              version = r.version, name = r.name, gender = r.gender, birthday = r.birthday, region = r.region,
              city = r.city, language = r.language, time_zone = r.time_zone, phone = r.phone, email = r.email,
              identities = r.identities, tags = r.tags, attributes = r.attributes, need_type = r.need_type,
              interests = r.interests, consents = r.consents, changed_at = r.changed_at
            from
            """ + ROWS + "where c.merchant_id = :merchant and c.customer_id = r.customer_id";

    private static final String LOG_CONSENTS = """
            insert into consent_log (merchant_id, customer_id, channel, granted, at, source, recorded_at)
            select :merchant, customer_id, channel, granted, at, source, recorded_at
            from json_to_recordset(:rows::json) as r (
              customer_id bigint, channel text, granted boolean, at timestamptz, source text, recorded_at timestamptz)
            """;

    private static final String FIND =
            "select to_json(c) from customer c where merchant_id = :merchant and customer_id = :customer";

    private static final String FIND_BY_EXTERNAL_ID =
            "select to_json(c) from customer c where merchant_id = :merchant and external_id = :externalId";

    private static final String FIND_BY_TOKEN = "select to_json(c) from customer c where unsubscribe_token = :token";

    private static final String IDS = """
            select external_id, customer_id from customer
            where merchant_id = :merchant and external_id = any(:externalIds)
            """;

    private static final String KNOWN = """
            select customer_id from customer where merchant_id = :merchant and customer_id = any(:ids)
            """;

    private static final String LIST = """
            select to_json(c) from customer c
            where merchant_id = :merchant and customer_id > :after
            order by customer_id limit :limit
            """;

    private final Jdbi jdbi;

    CustomerTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Customer> lock(int merchant, Collection<String> externalIds) {
        return jdbi.withHandle(handle -> handle.createQuery(LOCK)
                .bind("merchant", merchant)
                .bindArray("externalIds", String.class, externalIds.toArray())
                .map(Rows.as(Customer.class))
                .list());
    }

    Optional<Customer> lock(int merchant, long customer) {
        return jdbi.withHandle(handle -> handle.createQuery(LOCK_ONE)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .map(Rows.as(Customer.class))
                .findOne());
    }

    List<Long> nextIds(int count) {
        if (count == 0) {
            return List.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery(NEXT_IDS)
                .bind("count", count)
                .mapTo(Long.class)
                .list());
    }

    /// The ids of those that were new; others were made by somebody else in this moment.
    List<Long> insert(List<Customer> customers) {
        return jdbi.withHandle(handle -> handle.createQuery(INSERT)
                .bind("rows", Rows.write(customers))
                .mapTo(Long.class)
                .list());
    }

    void update(int merchant, List<Customer> customers) {
        jdbi.useHandle(handle -> handle.createUpdate(UPDATE)
                .bind("merchant", merchant)
                .bind("rows", Rows.write(customers))
                .execute());
    }

    void logConsents(int merchant, List<ConsentEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(LOG_CONSENTS)
                .bind("merchant", merchant)
                .bind("rows", Rows.write(entries))
                .execute());
    }

    Optional<Customer> find(int merchant, long customer) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .map(Rows.as(Customer.class))
                .findOne());
    }

    Optional<Customer> find(int merchant, String externalId) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND_BY_EXTERNAL_ID)
                .bind("merchant", merchant)
                .bind("externalId", externalId)
                .map(Rows.as(Customer.class))
                .findOne());
    }

    Optional<Customer> findByToken(String token) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND_BY_TOKEN)
                .bind("token", token)
                .map(Rows.as(Customer.class))
                .findOne());
    }

    Map<String, Long> ids(int merchant, Collection<String> externalIds) {
        var ids = new HashMap<String, Long>();
        jdbi.useHandle(handle -> handle.createQuery(IDS)
                .bind("merchant", merchant)
                .bindArray("externalIds", String.class, externalIds.toArray())
                .map((row, context) -> ids.put(row.getString(1), row.getLong(2)))
                .list());
        return ids;
    }

    List<Long> known(int merchant, Collection<Long> ids) {
        return jdbi.withHandle(handle -> handle.createQuery(KNOWN)
                .bind("merchant", merchant)
                .bindArray("ids", Long.class, ids.toArray())
                .mapTo(Long.class)
                .list());
    }

    List<Customer> list(int merchant, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("after", after)
                .bind("limit", limit)
                .map(Rows.as(Customer.class))
                .list());
    }
}
