package io.regulars.campaign.occasion;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.regulars.events.InteractionRecorded;
import org.jdbi.v3.core.Jdbi;

/// Carts in their newest state, and what has ended them.
@ApplicationScoped
public class Carts {

    public static final String ABANDONED = "cart_abandoned";
    private static final String ADDED = "product_added";

    /// Properties under which shops tell a cart's id.
    private static final List<String> IDS = List.of("cart", "cartId", "cart_id");

    /// Shops notice an abandoned cart some time after it was touched last.
    private static final Duration TOLD_LATE = Duration.ofHours(1);

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    /// A state of a cart.
    public record State(int merchantId, long customerId, String cartId, long interactionId) {}

    private record Key(int merchantId, long customerId, String cartId) {}

    /// What a cart is about is a product only where the shop sells one by that code: it can be the cart's id.
    private static final String APPLY = """
            insert into cart (merchant_id, customer_id, cart_id, at, interaction_id, products)
            select r.merchant_id, r.customer_id, r.cart_id, r.at, r.interaction_id,
              case when jsonb_array_length(r.products) > 0 then array(select jsonb_array_elements_text(r.products))
                when p.code is not null then array[p.code] else '{}' end
            from jsonb_to_recordset(:rows::jsonb) as r (merchant_id int, customer_id bigint, cart_id text,
              at timestamptz, interaction_id bigint, products jsonb, subject text)
            left join product p on p.merchant_id = r.merchant_id and p.code = r.subject
            order by r.merchant_id, r.customer_id, r.cart_id
            on conflict (merchant_id, customer_id, cart_id) do update set at = excluded.at,
              interaction_id = excluded.interaction_id, products = excluded.products
            where (cart.at, cart.interaction_id) < (excluded.at, excluded.interaction_id)
            """;

    /// The cart's own order, one with a product of it, or any where its products are not known; and a newer state.
    private static final String ENDED = """
            select k.merchant_id, k.customer_id, k.cart_id, k.interaction_id,
              case when c.cart_id is null then 'the cart is not known any more'
                when c.interaction_id <> k.interaction_id then 'the cart was touched since'
                else 'the customer ordered' || coalesce(': order ' || o.external_id, '') end as why
            from unnest(:merchants::int[], :customers::bigint[], :carts::text[], :interactions::bigint[])
              as k (merchant_id, customer_id, cart_id, interaction_id)
            left join cart c
              on c.merchant_id = k.merchant_id and c.customer_id = k.customer_id and c.cart_id = k.cart_id
            left join lateral (
              select o.order_id, o.external_id from order_state o
              where o.merchant_id = c.merchant_id and o.customer_id = c.customer_id
                and (o.external_id = c.cart_id
                  or o.ordered_at >= c.at - :told_late::interval and (c.products = '{}' or o.products && c.products))
                and o.ordered_at < :until
              limit 1) o on true
            where c.cart_id is null or c.interaction_id <> k.interaction_id or o.order_id is not null
            """;

    /// Two sweepers never wait for each other.
    private static final String FORGET = """
            delete from cart where ctid = any(array(
              select ctid from cart where at < :before order by at limit :limit for update skip locked))
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    Carts(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// The cart's id: a property, else what the interaction is about, else the interaction's own.
    public static String cartOf(InteractionRecorded told) {
        return IDS.stream()
                .map(told.properties()::get)
                .filter(id -> id != null && !id.isBlank())
                .findFirst()
                .orElseGet(() -> told.subject() != null ? told.subject() : told.externalId());
    }

    /// Those of the facts that are states of carts, the newest of each, and no loaded history; in the caller's
    /// transaction.
    public void apply(List<InteractionRecorded> facts) {
        Map<Key, InteractionRecorded> newest = new LinkedHashMap<>();
        facts.stream()
                .filter(Carts::aboutCart)
                .sorted(Comparator.comparing(InteractionRecorded::at).thenComparing(InteractionRecorded::interactionId))
                .forEach(fact -> newest.put(new Key(fact.merchantId(), fact.customerId(), cartOf(fact)), fact));
        if (newest.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(APPLY)
                .bind("rows", rows(newest.values()).toString())
                .execute());
    }

    /// Why those of the carts that are not left behind any more are not.
    public Map<State, String> ended(Collection<State> asked) {
        return ended(asked, EVER);
    }

    /// The same by what was ordered until then. When a cart was touched before it was touched last is not kept.
    public Map<State, String> ended(Collection<State> asked, Instant until) {
        List<State> states = List.copyOf(asked);
        Map<State, String> ended = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(ENDED)
                .bindArray(
                        "merchants",
                        Integer.class,
                        states.stream().map(State::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        states.stream().map(State::customerId).toList())
                .bindArray(
                        "carts",
                        String.class,
                        states.stream().map(State::cartId).toList())
                .bindArray(
                        "interactions",
                        Long.class,
                        states.stream().map(State::interactionId).toList())
                .bind("told_late", TOLD_LATE.toString())
                .bind("until", until)
                .map((row, context) -> ended.put(
                        new State(row.getInt(1), row.getLong(2), row.getString(3), row.getLong(4)), row.getString(5)))
                .list());
        return ended;
    }

    /// @return how many there were, at most so many
    public int forget(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate(FORGET)
                .bind("before", before)
                .bind("limit", limit)
                .execute());
    }

    private static boolean aboutCart(InteractionRecorded fact) {
        return !fact.backfill() && (ABANDONED.equals(fact.kind()) || touched(fact));
    }

    private static boolean touched(InteractionRecorded fact) {
        return ADDED.equals(fact.kind()) && IDS.stream().anyMatch(fact.properties()::containsKey);
    }

    private ArrayNode rows(Collection<InteractionRecorded> facts) {
        ArrayNode rows = json.createArrayNode();
        facts.forEach(fact -> rows.addObject()
                .put("merchant_id", fact.merchantId())
                .put("customer_id", fact.customerId())
                .put("cart_id", cartOf(fact))
                .put("at", fact.at().toString())
                .put("interaction_id", fact.interactionId())
                .put("subject", fact.subject())
                .set("products", json.valueToTree(products(fact))));
        return rows;
    }

    private static List<String> products(InteractionRecorded fact) {
        String written = fact.properties().getOrDefault("products", "");
        return Arrays.stream(written.split("[,;|\\s]+"))
                .filter(code -> !code.isBlank())
                .distinct()
                .toList();
    }
}
