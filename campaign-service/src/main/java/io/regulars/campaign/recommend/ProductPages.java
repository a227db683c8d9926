package io.regulars.campaign.recommend;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// Where shops show their products: an address with `{code}` in place of a product's code.
@ApplicationScoped
class ProductPages {

    static final String CODE = "{code}";

    private static final String OF =
            "select merchant_id, pattern from product_page where merchant_id = any(:merchants)";

    private static final String SET = """
            insert into product_page (merchant_id, pattern, updated_at, updated_by)
            values (:merchant, :pattern, :now, :by)
            on conflict (merchant_id) do update
            set pattern = excluded.pattern, updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """;

    private final Jdbi jdbi;

    ProductPages(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Of those that have told.
    Map<Integer, String> of(Collection<Integer> merchants) {
        return jdbi.withHandle(handle -> handle.createQuery(OF)
                .bindArray("merchants", Integer.class, List.copyOf(merchants))
                .reduceRows(new HashMap<Integer, String>(), (patterns, row) -> {
                    patterns.put(row.getColumn("merchant_id", Integer.class), row.getColumn("pattern", String.class));
                    return patterns;
                }));
    }

    void set(int merchant, String pattern, Instant now, String by) {
        jdbi.useHandle(handle -> handle.createUpdate(SET)
                .bind("merchant", merchant)
                .bind("pattern", pattern)
                .bind("now", now)
                .bind("by", by)
                .execute());
    }

    static String link(String pattern, String code) {
        return pattern.replace(
                CODE, URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
