package io.regulars.campaign.audience;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.MerchantChanged;
import io.regulars.events.ProductChanged;
import org.jdbi.v3.core.Jdbi;

/// The merchants and what they sell.
@ApplicationScoped
public class Shops {

    private static final String APPLY_SHOP = """
            insert into shop (merchant_id, version, name, time_zone, currency, locale, non_products)
            values (:merchant, :version, :name, :timeZone, :currency, :locale, :nonProducts)
            on conflict (merchant_id) do update set version = excluded.version, name = excluded.name,
              time_zone = excluded.time_zone, currency = excluded.currency, locale = excluded.locale,
              non_products = excluded.non_products
            where shop.version < excluded.version
              or (shop.version = excluded.version and shop.non_products is null)
            """;

    private static final String APPLY_PRODUCT = """
            insert into product (merchant_id, code, version, name, category, price, related)
            values (:merchant, :code, :version, :name, :category, :price, :related)
            on conflict (merchant_id, code) do update set version = excluded.version, name = excluded.name,
              category = excluded.category, price = excluded.price, related = excluded.related
            where product.version < excluded.version
              or (product.version = excluded.version and product.related is null)
            """;

    private static final String SHOPS = "select * from shop where merchant_id = any(:merchants)";

    private static final String CATEGORIES = """
            select code, category from product
            where merchant_id = :merchant and code = any(:codes) and category is not null
            """;

    private final Jdbi jdbi;
    private final Zones zones;

    Shops(Jdbi jdbi, Zones zones) {
        this.jdbi = jdbi;
        this.zones = zones;
    }

    public void applyMerchants(List<MerchantChanged> merchants) {
        jdbi.useHandle(handle -> {
            var batch = handle.prepareBatch(APPLY_SHOP);
            merchants.forEach(merchant -> batch.bind("merchant", merchant.merchantId())
                    .bind("version", merchant.version())
                    .bind("name", merchant.name())
                    .bind("timeZone", ZoneId.of(merchant.timeZone()).getId())
                    .bind("currency", merchant.currency())
                    .bind("locale", merchant.locale() == null ? "zh-CN" : merchant.locale())
                    .bindArray("nonProducts", String.class, merchant.nonProductCodes())
                    .add());
            batch.execute();
        });
        // whose zone is not known lives in the shop's
        zones.note(merchants.stream()
                .map(merchant -> new Zones.InZone(
                        merchant.merchantId(), ZoneId.of(merchant.timeZone()).getId()))
                .toList());
    }

    public void applyProducts(List<ProductChanged> products) {
        jdbi.useHandle(handle -> {
            var batch = handle.prepareBatch(APPLY_PRODUCT);
            products.stream()
                    .sorted((one, other) -> one.key().compareTo(other.key()))
                    .forEach(product -> batch.bind("merchant", product.merchantId())
                            .bind("code", product.code())
                            .bind("version", product.version())
                            .bind("name", product.name() == null ? product.code() : product.name())
                            .bind("category", product.category())
                            .bind("price", product.price())
                            .bindArray("related", String.class, product.relatedCodes())
                            .add());
            batch.execute();
        });
    }

    public Shop find(int merchant) {
        return findAll(Set.of(merchant)).get(merchant);
    }

    /// An entry for each merchant asked for.
    public Map<Integer, Shop> findAll(Collection<Integer> merchants) {
        Map<Integer, Shop> shops = new HashMap<>();
        merchants.forEach(merchant -> shops.put(merchant, Shop.unknown(merchant)));
        jdbi.useHandle(handle -> handle.createQuery(SHOPS)
                .bindArray("merchants", Integer.class, List.copyOf(merchants))
                .map((row, context) -> shop(row))
                .forEach(shop -> shops.put(shop.merchantId(), shop)));
        return shops;
    }

    /// Category by product code, of those that have one.
    public Map<String, String> categories(int merchant, Collection<String> codes) {
        if (codes.isEmpty()) {
            return Map.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery(CATEGORIES)
                .bind("merchant", merchant)
                .bindArray("codes", String.class, List.copyOf(codes))
                .reduceRows(new HashMap<String, String>(), (categories, row) -> {
                    categories.put(row.getColumn("code", String.class), row.getColumn("category", String.class));
                    return categories;
                }));
    }

    private static Shop shop(ResultSet row) throws SQLException {
        return new Shop(
                row.getInt("merchant_id"),
                row.getString("name"),
                ZoneId.of(row.getString("time_zone")),
                row.getString("currency"),
                row.getString("locale"));
    }
}
