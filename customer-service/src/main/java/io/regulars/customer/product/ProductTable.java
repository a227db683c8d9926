package io.regulars.customer.product;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.regulars.customer.rows.Rows;
import org.jdbi.v3.core.Jdbi;

/// The rows of `product`, many at a time.
@Singleton
class ProductTable {

    private static final String COLUMNS = """
            merchant_id, code, version, name, category, price, lasts_days, related_codes, described_at, created_at,
            changed_at
            """;

    private static final String ROWS = """
            json_to_recordset(:rows::json) as r (
              merchant_id int, code text, version bigint, name text, category text, price bigint,
              lasts_days double precision, related_codes text[], described_at timestamptz, created_at timestamptz,
              changed_at timestamptz)
            """;

    private static final String LOCK = """
            select to_json(p) from product p
            where merchant_id = :merchant and code = any(:codes) order by code for no key update
            """;

    private static final String INSERT = "insert into product (" + COLUMNS + ") select " + COLUMNS + " from " + ROWS
            + " order by code on conflict (merchant_id, code) do nothing returning code";

    private static final String UPDATE = """
            update product p set
              version = r.version, name = r.name, category = r.category, price = r.price, lasts_days = r.lasts_days,
              related_codes = r.related_codes, described_at = r.described_at, changed_at = r.changed_at
            from
            """ + ROWS + "where p.merchant_id = :merchant and p.code = r.code";

    private static final String FIND =
            "select to_json(p) from product p where merchant_id = :merchant and code = :code";

    private static final String LIST = """
            select to_json(p) from product p where merchant_id = :merchant and code > :after
            order by code limit :limit
            """;

    private final Jdbi jdbi;

    ProductTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Product> lock(int merchant, Collection<String> codes) {
        return jdbi.withHandle(handle -> handle.createQuery(LOCK)
                .bind("merchant", merchant)
                .bindArray("codes", String.class, codes.toArray())
                .map(Rows.as(Product.class))
                .list());
    }

    /// The codes that were new; others were made by somebody else in this moment.
    List<String> insert(List<Product> products) {
        return jdbi.withHandle(handle -> handle.createQuery(INSERT)
                .bind("rows", Rows.write(products))
                .mapTo(String.class)
                .list());
    }

    void update(int merchant, List<Product> products) {
        jdbi.useHandle(handle -> handle.createUpdate(UPDATE)
                .bind("merchant", merchant)
                .bind("rows", Rows.write(products))
                .execute());
    }

    Optional<Product> find(int merchant, String code) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("code", code)
                .map(Rows.as(Product.class))
                .findOne());
    }

    List<Product> list(int merchant, String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("after", after)
                .bind("limit", limit)
                .map(Rows.as(Product.class))
                .list());
    }
}
