package io.regulars.scoring.history;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.CustomerChanged;
import io.regulars.scoring.rows.Columns;
import org.jdbi.v3.core.Jdbi;

/// The few fields of the customers' records that reports break them down by: the year of birth and not the day,
/// and nothing that names or reaches anybody.
@ApplicationScoped
class CustomerRecords {

    private static final String UPSERT = """
            insert into customer_record as r (merchant_id, customer_id, birth_year, gender, region, city, need_type,
              consents)
            select :merchant, customer_id, birth_year, gender, region, city, need_type, string_to_array(consents, ' ')
            from unnest(:customers::bigint[], :years::int[], :genders::text[], :regions::text[], :cities::text[],
                :needs::text[], :consents::text[])
              as n (customer_id, birth_year, gender, region, city, need_type, consents)
            on conflict (merchant_id, customer_id) do update set birth_year = excluded.birth_year,
              gender = excluded.gender, region = excluded.region, city = excluded.city,
              need_type = excluded.need_type, consents = excluded.consents
            where (r.birth_year, r.gender, r.region, r.city, r.need_type, r.consents) is distinct from
              (excluded.birth_year, excluded.gender, excluded.region, excluded.city, excluded.need_type,
                excluded.consents)
            """;

    private static final String FORGET =
            "delete from customer_record where merchant_id = :merchant and customer_id = any(:customers)";

    private final Jdbi jdbi;

    CustomerRecords(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @param events each of another customer, all newer than what was held; their rows of `history` are locked
    void keep(int merchant, List<CustomerChanged> events) {
        var byErasure = events.stream().collect(Collectors.partitioningBy(CustomerChanged::erased));
        if (!byErasure.get(false).isEmpty()) {
            upsert(merchant, byErasure.get(false));
        }
        if (!byErasure.get(true).isEmpty()) {
            forget(merchant, byErasure.get(true));
        }
    }

    private void upsert(int merchant, List<CustomerChanged> events) {
        jdbi.useHandle(handle -> Columns.of(handle.createUpdate(UPSERT).bind("merchant", merchant), events)
                .longs("customers", CustomerChanged::customerId)
                .ints(
                        "years",
                        event -> event.birthday() == null
                                ? null
                                : Integer.valueOf(event.birthday().getYear()))
                .texts("genders", CustomerChanged::gender)
                .texts("regions", CustomerChanged::region)
                .texts("cities", CustomerChanged::city)
                .texts("needs", CustomerChanged::needType)
                .texts("consents", CustomerRecords::granted)
                .bound()
                .execute());
    }

    private static String granted(CustomerChanged event) {
        return event.consents().entrySet().stream()
                .filter(consent -> consent.getValue().granted())
                .map(consent -> consent.getKey().name())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private void forget(int merchant, List<CustomerChanged> events) {
        jdbi.useHandle(handle -> Columns.of(handle.createUpdate(FORGET).bind("merchant", merchant), events)
                .longs("customers", CustomerChanged::customerId)
                .bound()
                .execute());
    }
}
