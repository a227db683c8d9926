package io.regulars.campaign.recommend;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.kit.money.Money;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;

/// The products to offer each customer, beside what they bought last. What they have already is left out, and
/// so is what the catalogue does not know and what is no product.
@ApplicationScoped
public class Recommendations {

    static final int SHOWN = 6;

    private static final String ANY = "recommended.any";

    /// In the order in which `recommended.any` tries them; what sells best in the whole shop is the last.
    private static final List<String> CHAIN =
            List.of("recommended.related", "recommended.together", "recommended.bestSellers", "popular");

    private static final String LOAD = """
            with k as (
              select distinct * from unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
            ), last as materialized (
              select p.merchant_id, p.customer_id, p.product_code as code, p.category
              from k
              cross join lateral (
                select order_id from purchase p
                where p.merchant_id = k.merchant_id and p.customer_id = k.customer_id
                order by ordered_at desc, order_id desc limit 1) o
              join purchase p
                on p.merchant_id = k.merchant_id and p.customer_id = k.customer_id and p.order_id = o.order_id
            ), offered as (
              select l.merchant_id, l.customer_id, 'recommended.related' as list, r.code, min(r.n) as rank
              from last l
              join product b on b.merchant_id = l.merchant_id and b.code = l.code
              cross join lateral unnest(b.related) with ordinality as r (code, n)
              where r.n <= 50 group by 1, 2, 3, 4
              union all
              select l.merchant_id, l.customer_id, 'recommended.together', p.other, min(p.rank)
              from last l join product_pair p on p.merchant_id = l.merchant_id and p.code = l.code
              group by 1, 2, 3, 4
              union all
              select l.merchant_id, l.customer_id, 'recommended.bestSellers', b.code, min(b.rank)
              from (select distinct merchant_id, customer_id, category from last where category <> '') l
              join best_seller b on b.merchant_id = l.merchant_id and b.category = l.category
              group by 1, 2, 3, 4
              union all
              select k.merchant_id, k.customer_id, 'popular', b.code, b.rank
              from k join best_seller b on b.merchant_id = k.merchant_id and b.category = ''
            )
            select o.merchant_id, o.customer_id, o.list, p.code, p.name, p.category, p.price
            from offered o
            join product p on p.merchant_id = o.merchant_id and p.code = o.code
            where not exists (select from purchase b
                where b.merchant_id = o.merchant_id and b.customer_id = o.customer_id and b.product_code = o.code)
              and not exists (select from shop s where s.merchant_id = o.merchant_id and o.code = any(s.non_products))
            order by o.merchant_id, o.customer_id, o.list, o.rank, o.code
            """;

    private final Jdbi jdbi;
    private final Shops shops;
    private final ProductPages pages;

    Recommendations(Jdbi jdbi, Shops shops, ProductPages pages) {
        this.jdbi = jdbi;
        this.shops = shops;
        this.pages = pages;
    }

    /// For each customer the lists that a template can name, by their names; each product by what it tells of
    /// itself.
    public Map<CustomerKey, Map<String, List<Map<String, String>>>> load(Collection<CustomerKey> customers) {
        Map<CustomerKey, Map<String, List<Map<String, String>>>> lists = new HashMap<>();
        if (customers.isEmpty()) {
            return lists;
        }
        Set<Integer> merchants = new HashSet<>();
        customers.forEach(customer -> merchants.add(customer.merchantId()));
        Map<Integer, Teller> tellers = new HashMap<>();
        Map<Integer, String> patterns = pages.of(merchants);
        shops.findAll(merchants)
                .forEach((merchant, shop) -> tellers.put(merchant, new Teller(shop, patterns.get(merchant))));
        jdbi.useHandle(handle -> CustomerKey.bind(handle.createQuery(LOAD), List.copyOf(Set.copyOf(customers)))
                .reduceRows(lists, (all, row) -> {
                    var key = new CustomerKey(
                            row.getColumn("merchant_id", Integer.class), row.getColumn("customer_id", Long.class));
                    List<Map<String, String>> list = all.computeIfAbsent(key, any -> new HashMap<>())
                            .computeIfAbsent(row.getColumn("list", String.class), any -> new ArrayList<>());
                    if (list.size() < SHOWN) {
                        list.add(tellers.get(key.merchantId()).tell(row));
                    }
                    return all;
                }));
        lists.values().forEach(Recommendations::chain);
        return lists;
    }

    private static void chain(Map<String, List<Map<String, String>>> lists) {
        CHAIN.stream().filter(lists::containsKey).findFirst().ifPresent(first -> lists.put(ANY, lists.get(first)));
        lists.remove("popular");
    }

    /// Tells of the products of one shop.
    private static final class Teller {

        private final Shop shop;
        private final String pattern;
        private final NumberFormat prices;

        Teller(Shop shop, String pattern) {
            this.shop = shop;
            this.pattern = pattern;
            this.prices = NumberFormat.getCurrencyInstance(
                    Locale.forLanguageTag(shop.locale() == null ? "zh-CN" : shop.locale()));
            prices.setCurrency(Currency.getInstance(shop.currency()));
            int digits = Money.digits(shop.currency());
            prices.setMinimumFractionDigits(digits);
            prices.setMaximumFractionDigits(digits);
        }

        Map<String, String> tell(RowView row) {
            String code = row.getColumn("code", String.class);
            Long price = row.getColumn("price", Long.class);
            Map<String, String> product = new LinkedHashMap<>();
            product.put("code", code);
            product.put("name", row.getColumn("name", String.class));
            product.put("category", row.getColumn("category", String.class));
            product.put("price", price == null ? null : prices.format(Money.major(price, shop.currency())));
            product.put("link", pattern == null ? null : ProductPages.link(pattern, code));
            return product;
        }
    }
}
