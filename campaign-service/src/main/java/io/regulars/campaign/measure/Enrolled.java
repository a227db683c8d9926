package io.regulars.campaign.measure;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// Counts how far enrolments came.
@ApplicationScoped
class Enrolled {

    /// @param tier at enrolment, empty where there was none
    /// @param waiting not decided yet
    /// @param refused at the door: the cause or the audience was gone
    record Row(long campaign, String tier, long enrolled, long waiting, long refused, long heldOut) {}

    /// Enrolments with a message that came so far; who clicked has opened, who opened was reached.
    ///
    /// @param bought with an order within the window after one of its messages, whosever effect that was
    record Reached(long sent, long delivered, long opened, long clicked, long bought) {}

    private static final String COUNT = Scope.sql("""
            select campaign_id, tier, count(*) as enrolled, count(*) filter (where state = 'entering') as waiting,
              count(*) filter (where state = 'refused') as refused,
              count(*) filter (where state = 'held-out') as held_out
            from (
            {cohort}
            ) c
            group by campaign_id, tier
            """);

    private static final String REACHED = Scope.sql("""
            select count(*) as sent, count(*) filter (where reached > 1) as delivered,
              count(*) filter (where reached > 2) as opened, count(*) filter (where reached > 3) as clicked,
              count(*) filter (where bought) as bought
            from (
              select c.id, max(case m.state when 'sent' then 1 when 'delivered' then 2 when 'opened' then 3 else 4 end)
                  as reached,
                bool_or(exists (select from purchase_order o
                  where o.merchant_id = :merchant and o.customer_id = m.customer_id and o.kept is not null
                    and o.placed_at >= {at} and o.placed_at < {at} + {window})) as bought
              from (
            {cohort}
              ) c
              join message m on m.merchant_id = :merchant and m.customer_id = c.customer_id and m.enrolment_id = c.id
                and {touch}
              group by c.id) e
            """);

    private final Jdbi jdbi;

    Enrolled(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Row> count(Scope scope) {
        return jdbi.withHandle(handle -> scope.bind(handle.createQuery(COUNT))
                .map((row, context) -> new Row(
                        row.getLong("campaign_id"),
                        row.getString("tier"),
                        row.getLong("enrolled"),
                        row.getLong("waiting"),
                        row.getLong("refused"),
                        row.getLong("held_out")))
                .list());
    }

    Reached reached(Scope scope) {
        return jdbi.withHandle(handle -> scope.bindWithWindow(handle.createQuery(REACHED))
                .map((row, context) -> new Reached(
                        row.getLong("sent"),
                        row.getLong("delivered"),
                        row.getLong("opened"),
                        row.getLong("clicked"),
                        row.getLong("bought")))
                .one());
    }
}
