package io.regulars.campaign.measure;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// Counts how far enrolments came.
@ApplicationScoped
class Enrolled {

    /// @param tier at enrolment, empty where there was none
    /// @param waiting not decided yet
    /// @param refused at the door: the cause or the audience was gone
    /// @param first when the first of them was enrolled
    record Row(long campaign, String tier, long enrolled, long waiting, long refused, long heldOut, Instant first) {}

    /// Enrolments with a message that came so far; who clicked has opened, who opened was reached.
    ///
    /// @param bought with an order within the window after one of its messages, whosever effect that was
    record Reached(long sent, long delivered, long opened, long clicked, long bought) {}

    private static final String COUNT = Scope.sql("""
            select campaign_id, tier, count(*) as enrolled, count(*) filter (where state = 'entering') as waiting,
              count(*) filter (where state = 'refused') as refused,
              count(*) filter (where state = 'held-out') as held_out, min(enrolled_at) as first
            from (
            {cohort}
            ) c
            group by campaign_id, tier
            """);

    private static final String REACHED = Scope.sql("""
            with touches as (
              select c.id, c.customer_id, {at} as at,
                case m.state when 'sent' then 1 when 'delivered' then 2 when 'opened' then 3 else 4 end as reached
              from (
            {cohort}
              ) c
              join {messages} and {touch}
            )
            select count(*) as sent, count(*) filter (where reached > 1) as delivered,
              count(*) filter (where reached > 2) as opened, count(*) filter (where reached > 3) as clicked,
              (select count(distinct t.id) from touches t
                join {orders} and o.customer_id = t.customer_id
                  and o.placed_at >= t.at and o.placed_at < t.at + {window}) as bought
            from (select id, max(reached) as reached from touches group by id) e
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
                        row.getLong("held_out"),
                        row.getTimestamp("first").toInstant()))
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
