package io.regulars.bench.audience;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import io.regulars.bench.peer.DuckDb;
import io.regulars.bench.world.Database;

/// The same customers and purchases in a column store, copied out of campaign-service's database.
final class DuckAudience implements Peer, AutoCloseable {

    private static final String AUDIENCE = """
            select customer_id, external_id, name, gender, birthday, region, city,
              '[' || array_to_string(tags, ', ') || ']' as tags,
              customer_since at time zone 'Asia/Shanghai' as customer_since, phone, email, sms_consent, email_consent,
              inbox_consent, frequency, monetary, last_order_day, tier, group_key, stage
            from audience where merchant_id = %d and profile_version > 0 and not erased order by customer_id
            """;

    private static final String PURCHASES = """
            select customer_id, product_code, category, ordered_at at time zone 'UTC' as ordered_at
            from purchase where merchant_id = %d order by customer_id
            """;

    private static final String[] MAKE = {
        """
        create table audience (customer_id bigint, external_id varchar, name varchar, gender varchar, birthday date,
          region varchar, city varchar, tags varchar[], customer_since timestamp, phone varchar, email varchar,
          sms_consent boolean, email_consent boolean, inbox_consent boolean, frequency bigint, monetary bigint,
          last_order_day date, tier varchar, group_key varchar, stage varchar)
        """, "create table purchase (customer_id bigint, product_code varchar, category varchar, ordered_at timestamp)"
    };

    private static final String COUNT = """
            select count(*), count(*) filter (where a.email_consent and a.email is not null),
              count(*) filter (where a.sms_consent and a.phone is not null), count(*) filter (where a.inbox_consent is not false)
            from audience a where\s""";

    private static final String PAGE = "select a.* from audience a where %s order by hash(a.customer_id) limit %d";

    private final DuckDb duck;

    private DuckAudience(DuckDb duck) {
        this.duck = duck;
    }

    /// @param folder for the files in between
    static DuckAudience load(Database database, int merchant, Path folder) throws SQLException, IOException {
        var duck = DuckDb.open();
        duck.run(MAKE);
        duck.copy("audience", database, AUDIENCE.formatted(merchant), folder);
        duck.copy("purchase", database, PURCHASES.formatted(merchant), folder);
        return new DuckAudience(duck);
    }

    @Override
    public String name() {
        return "DuckDB";
    }

    String version() throws SQLException {
        return duck.version();
    }

    @Override
    public Counted count(Question question) throws SQLException {
        return duck.one(
                COUNT + question.where(Instant.now()),
                row -> new Counted(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    @Override
    public List<String> page(Question question, int limit) throws SQLException {
        return duck.list(PAGE.formatted(question.where(Instant.now()), limit), row -> row.getString("external_id"));
    }

    /// How many of these customers the question picks.
    long among(Question question, List<String> externalIds) throws SQLException {
        if (externalIds.isEmpty()) {
            return 0;
        }
        var list = externalIds.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
        return duck.one(
                "select count(*) from audience a where a.external_id in (" + list + ") and "
                        + question.where(Instant.now()),
                row -> row.getLong(1));
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
