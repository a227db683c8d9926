package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.lift.Arm;
import org.jdbi.v3.core.Jdbi;

/// What the customers of one campaign bought after they were enrolled, whether a message came or not. Who is
/// held out goes by customer and campaign, so a customer is counted once, however often they were enrolled.
@ApplicationScoped
class Outcomes {

    static final String SENT = "sent";
    static final String HELD_OUT = "holdout";

    /// @param tier at the first enrolment, empty where there was none
    record OfTier(String tier, Arm arm) {}

    /// Customers who were drawn alike at their first enrolment.
    ///
    /// @param revision that enrolled them
    /// @param holdoutPercent that they were subject to, 0 for none; null in rows older than that was kept
    /// @param drawn whether the lot held them out, whatever became of them later
    /// @param first when the first of them was enrolled
    /// @param open whose window is not over yet
    record Drawn(int revision, BigDecimal holdoutPercent, boolean drawn, Arm arm, Instant first, long open) {}

    /// @param kind `tier` or `group`
    /// @param before at the first enrolment, empty where there was none; `now` likewise
    record Shift(String kind, String before, String now, long treated, long heldOut) {}

    /// The same customers three times over.
    record Found(List<OfTier> tiers, List<Drawn> draws, List<Shift> shifts) {}

    private static final String TIER = "tier";
    private static final String DRAW = "draw";
    private static final String GROUP_SHIFT = "group-shift";

    private static final Comparator<List<String>> BY_SHIFT = Comparator.<List<String>, String>comparing(List::getFirst)
            .reversed()
            .thenComparing(key -> key.get(1))
            .thenComparing(List::getLast);

    /// Who was let in, each with the arm: held out, unless a message had gone out before the holdout was
    /// raised. Who was refused was so before anybody drew lots, and who waits has not drawn yet. Whom all
    /// campaigns leave alone is nobody's control. An order belongs to the enrolment before it, so that none
    /// counts twice.
    private static final String COUNT = Scope.sql("""
            with admitted as (
              select c.*, c.state = 'held-out' as drawn, c.state = 'held-out' and r.reached is null as held,
                row_number() over w as place, lead(c.enrolled_at) over w as next_at
              from (
            {cohort}
              ) c
              left join lateral (select true as reached from message m
                where c.state = 'held-out' and m.merchant_id = :merchant and m.customer_id = c.customer_id
                  and m.enrolment_id = c.id and {touch} limit 1) r on true
              where c.state not in ('entering', 'refused') and c.reason is distinct from 'global holdout'
              window w as (partition by c.customer_id order by c.enrolled_at, c.id)
            ), people as (
              select d.customer_id, bool_and(d.held) as held, min(d.enrolled_at) as first, max(d.enrolled_at) as last,
                bool_or(d.drawn) filter (where d.place = 1) as drawn, min(d.tier) filter (where d.place = 1) as tier,
                min(d.group_key) filter (where d.place = 1) as group_key,
                min(d.revision) filter (where d.place = 1) as revision,
                min(d.holdout_percent) filter (where d.place = 1) as holdout_percent,
                count(o.order_id) as orders, sum(o.kept) as sales
              from admitted d
              left join {orders} and o.customer_id = d.customer_id
                and o.placed_at >= d.enrolled_at and o.placed_at < d.enrolled_at + {window}
                and (d.next_at is null or o.placed_at < d.next_at)
              group by d.customer_id)
            select case grouping(p.revision, p.group_key, n.tier) when 3 then 'draw' when 5 then 'group-shift'
                when 6 then 'tier-shift' else 'tier' end as kind,
              p.tier, n.tier as now_tier, p.group_key, n.group_key as now_group, p.revision, p.holdout_percent, p.drawn,
              p.held, count(*) as customers, count(*) filter (where p.orders > 0) as converted,
              coalesce(sum(p.sales), 0) as sales, coalesce(sum(p.sales * p.sales), 0) as squares, min(p.first) as first,
              count(*) filter (where p.last + {window} > :now) as open
            from people p
            left join audience a on a.merchant_id = :merchant and a.customer_id = p.customer_id
            cross join lateral (select coalesce(a.tier, '') as tier, coalesce(a.group_key, '') as group_key) n
            group by grouping sets ((p.tier, p.held), (p.revision, p.holdout_percent, p.drawn, p.held),
              (p.tier, n.tier, p.held), (p.group_key, n.group_key, p.held))
            """);

    private final Jdbi jdbi;

    Outcomes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Found of(Scope scope, Instant now) {
        var found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<List<String>, Shift> shifts = new TreeMap<>(BY_SHIFT);
        jdbi.useHandle(handle -> scope.bindWithWindow(handle.createQuery(COUNT))
                .bind("now", now)
                .map((row, context) -> {
                    switch (row.getString("kind")) {
                        case TIER -> found.tiers().add(new OfTier(row.getString("tier"), arm(row)));
                        case DRAW -> found.draws().add(drawn(row));
                        case GROUP_SHIFT -> moved(shifts, "group", row.getString("group_key"), "now_group", row);
                        default -> moved(shifts, TIER, row.getString("tier"), "now_tier", row);
                    }
                    return found;
                })
                .list());
        found.shifts().addAll(shifts.values());
        return found;
    }

    private static void moved(Map<List<String>, Shift> shifts, String kind, String before, String column, ResultSet row)
            throws SQLException {
        String now = row.getString(column);
        long customers = row.getLong("customers");
        boolean held = row.getBoolean("held");
        shifts.merge(
                List.of(kind, before, now),
                new Shift(kind, before, now, held ? 0 : customers, held ? customers : 0),
                (one, other) ->
                        new Shift(kind, before, now, one.treated() + other.treated(), one.heldOut() + other.heldOut()));
    }

    private static Drawn drawn(ResultSet row) throws SQLException {
        return new Drawn(
                row.getInt("revision"),
                row.getBigDecimal("holdout_percent"),
                row.getBoolean("drawn"),
                arm(row),
                row.getTimestamp("first").toInstant(),
                row.getLong("open"));
    }

    private static Arm arm(ResultSet row) throws SQLException {
        return new Arm(
                row.getBoolean("held") ? HELD_OUT : SENT,
                row.getLong("customers"),
                row.getLong("converted"),
                row.getBigDecimal("sales").longValueExact(),
                row.getBigDecimal("squares").toBigIntegerExact());
    }
}
