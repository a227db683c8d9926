package io.regulars.scoring.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.CustomerChanged;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.id.Ref;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.rows.Columns;
import org.jdbi.v3.core.Jdbi;

/// Who the customers are, as far as scoring needs to know: their ids, and that they exist although they never
/// bought.
@ApplicationScoped
public class Customers {

    private static final String UPSERT = """
            insert into history as h (merchant_id, customer_id, customer_version, external_id, created_at, erased)
            select :merchant, * from unnest(:customers::bigint[], :versions::bigint[], :external::text[],
              :created::text[]::timestamptz[], :erased::text[]::boolean[])
            on conflict (merchant_id, customer_id) do update set customer_version = excluded.customer_version,
              external_id = excluded.external_id, created_at = excluded.created_at, erased = excluded.erased
            where h.customer_version < excluded.customer_version
            returning new.customer_id, coalesce(old.customer_version, 0) = 0 as met
            """;

    private static final String BY_ID =
            "select customer_id from history where merchant_id = :merchant and customer_id = :customer and not erased";

    /// The newest, should a merge leave two customers with one external id.
    private static final String BY_EXTERNAL_ID = """
            select customer_id from history
            where merchant_id = :merchant and external_id = :external and not erased
            order by customer_id desc limit 1
            """;

    private static final String EXTERNAL_IDS = """
            select customer_id, external_id from history
            where merchant_id = :merchant and customer_id = any(:customers) and external_id is not null
            """;

    private record Met(long customerId, boolean first) {}

    /// @param touched whose own event came for the first time, and who was erased
    /// @param erased those whose event says so, newer than what was held
    public record Applied(Touched touched, SortedSet<Long> erased) {}

    private final Jdbi jdbi;
    private final Shops shops;
    private final CustomerRecords records;

    Customers(Jdbi jdbi, Shops shops, CustomerRecords records) {
        this.jdbi = jdbi;
        this.shops = shops;
        this.records = records;
    }

    public Applied apply(int merchant, List<CustomerChanged> events) {
        shops.hold(merchant);
        var sorted = events.stream()
                .sorted(Comparator.comparingLong(CustomerChanged::customerId))
                .toList();
        var met =
                jdbi.withHandle(handle -> Columns.of(handle.createQuery(UPSERT).bind("merchant", merchant), sorted)
                        .longs("customers", CustomerChanged::customerId)
                        .longs("versions", CustomerChanged::version)
                        .texts("external", event -> event.erased() ? null : event.externalId())
                        .texts("created", CustomerChanged::createdAt)
                        .texts("erased", CustomerChanged::erased)
                        .bound()
                        .map((row, context) -> new Met(row.getLong("customer_id"), row.getBoolean("met")))
                        .list());
        var newer = met.stream().map(Met::customerId).collect(Collectors.toSet());
        var applied = sorted.stream()
                .filter(event -> newer.contains(event.customerId()))
                .toList();
        records.keep(merchant, applied);
        var erased = applied.stream()
                .filter(CustomerChanged::erased)
                .map(CustomerChanged::customerId)
                .collect(Collectors.toCollection(TreeSet::new));
        var first = met.stream().filter(Met::first).map(Met::customerId).collect(Collectors.toCollection(TreeSet::new));
        var live = new TreeSet<>(first);
        live.removeAll(erased);
        first.addAll(erased);
        return new Applied(new Touched(first, live, Set.of()), erased);
    }

    /// The customer that a caller means by `cus_…` or `ext:…`; 404 where there is none.
    public long named(int merchant, String name) {
        return Ref.parse("cus", name)
                .map(ref -> switch (ref) {
                    case Ref.Id(var id) -> one(merchant, BY_ID, "customer", id);
                    case Ref.External(var externalId) -> one(merchant, BY_EXTERNAL_ID, "external", externalId);
                })
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .orElseThrow(() -> Problems.notFound("customer", name));
    }

    private OptionalLong one(int merchant, String sql, String key, Object value) {
        var found = jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("merchant", merchant)
                .bind(key, value)
                .mapTo(Long.class)
                .findOne());
        return found.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    public Optional<String> externalId(int merchant, long customer) {
        return Optional.ofNullable(externalIds(merchant, List.of(customer)).get(customer));
    }

    public Map<Long, String> externalIds(int merchant, List<Long> customers) {
        return jdbi.withHandle(handle -> handle.createQuery(EXTERNAL_IDS)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, customers)
                .map((row, context) -> Map.entry(row.getLong("customer_id"), row.getString("external_id")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    public static String publicId(long customer) {
        return PublicId.format("cus", customer);
    }
}
