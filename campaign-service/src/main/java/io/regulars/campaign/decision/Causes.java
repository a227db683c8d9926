package io.regulars.campaign.decision;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.decision.Cause.Happened;
import org.jdbi.v3.core.Jdbi;

/// Finds what an enrolment's cause was, by the name that it has.
@ApplicationScoped
class Causes {

    /// Where what is named by a cause is kept.
    ///
    /// @param kind of the journal, a pattern
    /// @param name there
    private record Place(String type, String kind, String name) {}

    private static final String FIND = """
            select 'happened' as what, at, null as id from occasion
            where merchant_id = :merchant and customer_id = :customer and kind like :kind and name = :name
            union all
            select unnest(array['happened', 'told']), unnest(array[occurred_at, received_at]), event_id from shop_event
            where merchant_id = :merchant and event_id = :event
            union all
            select 'ordered', ordered_at, external_id from order_state
            where merchant_id = :merchant and customer_id = :customer and order_id = :order
            union all
            select unnest(array['called', 'began']), unnest(array[due_at, started_at]), null from fan_out
            where merchant_id = :merchant and campaign_id = :campaign and occurrence = :occurrence
            order by at
            """;

    private final Jdbi jdbi;

    Causes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Cause of(int merchant, long customer, long campaign, String occurrence) {
        Place place = place(occurrence);
        List<Happened> happened = new ArrayList<>();
        String[] id = {place.name()};
        jdbi.useHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("campaign", campaign)
                .bind("occurrence", occurrence)
                .bind("kind", place.kind())
                .bind("name", place.name())
                .bind("event", "event".equals(place.type()) ? place.name() : "")
                .bind("order", "order".equals(place.type()) ? Long.parseLong(place.name()) : 0)
                .map((row, context) -> {
                    Timestamp at = row.getTimestamp("at");
                    if (at != null) {
                        happened.add(new Happened(row.getString("what"), at.toInstant()));
                    }
                    if (row.getString("id") != null) {
                        id[0] = row.getString("id");
                    }
                    return true;
                })
                .list());
        return new Cause(occurrence, place.type(), id[0].isEmpty() ? null : id[0], happened);
    }

    private static Place place(String occurrence) {
        String[] parts = occurrence.split(":");
        String last = parts[parts.length - 1];
        return switch (parts[0]) {
            case "tier", "churn" -> new Place(parts[0], parts[0], last);
            case "group", "stage" -> new Place(parts[0], parts[0], last);
            case "class" -> new Place("class", "class:" + parts[1], last);
            case "repurchase" -> new Place("repurchase", "window", occurrence.substring("repurchase:".length()));
            case "order" -> new Place("order", "order:%", parts[1]);
            case "cart" -> new Place("cart", "did:cart\\_abandoned", parts[1]);
            case "interaction" -> new Place("interaction", "did:%", parts[1]);
            case "event" -> new Place("event", "", occurrence.substring("event:".length()));
            case "broadcast" -> new Place("broadcast", "", "");
            case "coupon" -> new Place("coupon", "", last);
            default -> new Place("day", "", "");
        };
    }
}
