package io.regulars.campaign.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.lift.Arm;
import org.jdbi.v3.core.Jdbi;

/// What the customers of one campaign bought after they were enrolled, whether a message came or not. Who is
/// held out goes by customer and campaign, so a customer is counted once, however often they were enrolled.
@ApplicationScoped
class Outcomes {

    static final String SENT = "sent";
    static final String HELD_OUT = "holdout";

    /// @param tier at the first enrolment, empty where there was none; null where the arm is all of one
    ///     revision
    /// @param revision of the first enrolment, or null where the arm is all of one tier
    /// @param first when the first of them was enrolled
    /// @param open whose window is not over yet
    record Row(String tier, Integer revision, Arm arm, Instant first, long open) {}

    /// @param kind `tier` or `group`
    /// @param before at the first enrolment, empty where there was none; `now` likewise
    record Shift(String kind, String before, String now, long treated, long heldOut) {}

    /// Who was let in, each with the arm: held out, unless a message had gone out before the holdout was
    /// raised. Who was refused was so before anybody drew lots, and who waits has not drawn yet. Whom all campaigns
    /// leave alone is nobody's control.
    private static final String PEOPLE = """
            people as (
              select customer_id, bool_and(held) as held, min(enrolled_at) as first, max(enrolled_at) as last,
                array_agg(enrolled_at) as entries, (array_agg(tier order by enrolled_at, id))[1] as tier,
                (array_agg(group_key order by enrolled_at, id))[1] as group_key,
                (array_agg(revision order by enrolled_at, id))[1] as revision
              from (
                select c.*, case when c.state = 'held-out' then not exists (select from message m
                    where m.merchant_id = :merchant and m.customer_id = c.customer_id and m.enrolment_id = c.id
                      and {touch}) else false end as held
                from (
            {cohort}
                ) c
                where c.state not in ('entering', 'refused') and c.reason is distinct from 'global holdout') a
              group by customer_id)
            """;

    private static final String ARMS = Scope.sql("with " + PEOPLE + """
            select p.tier, p.revision, p.held, count(*) as customers, count(*) filter (where s.orders > 0) as converted,
              coalesce(sum(s.sales), 0) as sales, coalesce(sum(s.sales * s.sales), 0) as squares, min(p.first) as first,
              count(*) filter (where p.last + {window} > :now) as open
            from people p
            cross join lateral (
              select count(*) as orders, sum(o.kept) as sales from purchase_order o
              where o.merchant_id = :merchant and o.customer_id = p.customer_id and o.kept is not null
                and o.placed_at >= p.first and o.placed_at < p.last + {window}
                and exists (select from unnest(p.entries) as entry (at)
                  where o.placed_at >= entry.at and o.placed_at < entry.at + {window})) s
            group by grouping sets ((p.tier, p.held), (p.revision, p.held))
            """);

    private static final String SHIFTS = Scope.sql("with " + PEOPLE + """
            select kind, before, now, count(*) filter (where not held) as treated, count(*) filter (where held) as held_out
            from people p
            left join audience a on a.merchant_id = :merchant and a.customer_id = p.customer_id
            cross join lateral (values ('tier', p.tier, coalesce(a.tier, '')),
              ('group', p.group_key, coalesce(a.group_key, ''))) as v (kind, before, now)
            group by kind, before, now
            order by kind desc, before, now
            """);

    private final Jdbi jdbi;

    Outcomes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// All of them by tier, and all of them once more by revision.
    List<Row> arms(Scope scope, Instant now) {
        return jdbi.withHandle(handle -> scope.bindWithWindow(handle.createQuery(ARMS))
                .bind("now", now)
                .map((row, context) -> row(row))
                .list());
    }

    List<Shift> shifts(Scope scope) {
        return jdbi.withHandle(handle -> scope.bind(handle.createQuery(SHIFTS))
                .map((row, context) -> new Shift(
                        row.getString("kind"),
                        row.getString("before"),
                        row.getString("now"),
                        row.getLong("treated"),
                        row.getLong("held_out")))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("tier"),
                row.getObject("revision", Integer.class),
                new Arm(
                        row.getBoolean("held") ? HELD_OUT : SENT,
                        row.getLong("customers"),
                        row.getLong("converted"),
                        row.getBigDecimal("sales").longValueExact(),
                        row.getBigDecimal("squares").toBigIntegerExact()),
                row.getTimestamp("first").toInstant(),
                row.getLong("open"));
    }
}
