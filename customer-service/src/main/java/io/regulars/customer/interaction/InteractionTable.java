package io.regulars.customer.interaction;

import java.util.Collection;
import java.util.List;

import jakarta.inject.Singleton;

import io.regulars.customer.rows.Rows;
import org.jdbi.v3.core.Jdbi;

/// The rows of `interaction`, many at a time.
@Singleton
class InteractionTable {

    private static final String NEXT_IDS = "select nextval('interaction_id_seq') from generate_series(1, :count)";

    private static final String COLUMNS = """
            merchant_id, customer_id, interaction_id, external_id, kind, at, rating, subject, properties, backfill,
            recorded_at
            """;

    private static final String INSERT = "insert into interaction (" + COLUMNS + ") select " + COLUMNS + """
             from json_to_recordset(:rows::json) as r (
              merchant_id int, customer_id bigint, interaction_id bigint, external_id text, kind text, at timestamptz,
              rating int, subject text, properties jsonb, backfill boolean, recorded_at timestamptz)
            order by external_id on conflict (merchant_id, external_id) do nothing returning interaction_id
            """;

    private static final String FIND = """
            select to_json(i) from interaction i where merchant_id = :merchant and external_id = any(:externalIds)
            """;

    private static final String OF_CUSTOMER = """
            select to_json(i) from interaction i
            where merchant_id = :merchant and customer_id = :customer and interaction_id > :after
            order by interaction_id limit :limit
            """;

    private final Jdbi jdbi;

    InteractionTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Long> nextIds(int count) {
        return jdbi.withHandle(handle -> handle.createQuery(NEXT_IDS)
                .bind("count", count)
                .mapTo(Long.class)
                .list());
    }

    /// The ids of those that were new.
    List<Long> insert(List<Interaction> interactions) {
        return jdbi.withHandle(handle -> handle.createQuery(INSERT)
                .bind("rows", Rows.write(interactions))
                .mapTo(Long.class)
                .list());
    }

    List<Interaction> find(int merchant, Collection<String> externalIds) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bindArray("externalIds", String.class, externalIds.toArray())
                .map(Rows.as(Interaction.class))
                .list());
    }

    List<Interaction> ofCustomer(int merchant, long customer, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_CUSTOMER)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("after", after)
                .bind("limit", limit)
                .map(Rows.as(Interaction.class))
                .list());
    }
}
