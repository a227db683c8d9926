package io.regulars.scoring.score;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// The scores that changed, for readers who follow them.
///
/// Transactions do not end in the order in which they begin: a reader who went by a sequence would pass over
/// what a slow one writes behind it. Each change bears the number of its transaction, and only those are shown
/// that are below the oldest under way: nothing can come in among them any more. So a change is shown when all
/// that began before it has ended; a fit, a calibration or a simulation of a large shop keeps it back for as
/// long as it runs.
@ApplicationScoped
class ScoreChanges {

    /// Transactions are numbered anew where a dump is loaded elsewhere, and some numbers twice where the database
    /// is taken back in time or its standby takes over without the last of them: each begins another epoch.
    private static final String NOW = """
            select system_identifier || '.' || left(pg_walfile_name(pg_current_wal_lsn()), 8) as epoch,
              pg_snapshot_xmin(pg_current_snapshot())::text as horizon
            from pg_control_system()
            """;

    /// The page first and by itself: of a join on two columns the planner expects next to nothing.
    private static final String CHANGED = """
            with changed as materialized (
              select * from score_change
              where merchant_id = :merchant and (changed_xid, customer_id) > (:xid::xid8, :customer)
                and changed_xid < :horizon::xid8
              order by changed_xid, customer_id limit :limit)
            select c.changed_xid::text as xid, c.customer_id as changed_customer, c.erased_at, s.*, h.external_id, r.due_at
            from changed c
            left join history h on h.merchant_id = c.merchant_id and h.customer_id = c.customer_id and not h.erased
            left join score s on s.merchant_id = h.merchant_id and s.customer_id = h.customer_id
            left join review r on r.merchant_id = h.merchant_id and r.customer_id = h.customer_id
            order by c.changed_xid, c.customer_id
            """;

    private static final String FORGET_DROPPED = """
            delete from score_change_dropped
            where merchant_id = :merchant and changed_xid >= pg_snapshot_xmax(pg_current_snapshot())
            """;

    private static final String DROPPED =
            "select changed_xid::text from score_change_dropped where merchant_id = :merchant";

    /// Numbers that this server has not given yet came with a dump: nobody would be shown them. Those that
    /// somebody holds get one of this server's anyway.
    private static final String RENUMBER = """
            update score_change set changed_xid = default
            where merchant_id = :merchant and customer_id in (
              select customer_id from score_change
              where merchant_id = :merchant and changed_xid >= pg_snapshot_xmax(pg_current_snapshot())
              for update skip locked)
            """;

    /// @param epoch in which the numbers of transactions mean something
    /// @param horizon the oldest transaction under way
    record Now(String epoch, long horizon) {}

    /// After which change a reader goes on.
    record Place(long xid, long customer) {

        static final Place BEGINNING = new Place(0, 0);

        /// Before all changes of the transaction.
        static Place before(long xid) {
            return new Place(xid, 0);
        }
    }

    /// @param scores without those of erased customers
    /// @param gone who was erased
    /// @param next where to go on from
    /// @param more whether further changes can be read at once
    record Changes(List<ScoreList.Row> scores, List<Gone> gone, Place next, boolean more) {}

    /// A customer who was erased.
    record Gone(long customerId, Instant at) {}

    /// @param score null where the customer was erased
    private record Change(Place place, ScoreList.Row score, Gone gone) {}

    private final Jdbi jdbi;

    ScoreChanges(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Now now() {
        return jdbi.withHandle(handle -> handle.createQuery(NOW)
                .map((row, context) ->
                        new Now(row.getString("epoch"), Long.parseUnsignedLong(row.getString("horizon"))))
                .one());
    }

    /// Whoever begins anew after a restore is shown everything.
    void renumber(int merchant) {
        jdbi.useHandle(handle -> {
            handle.createUpdate(RENUMBER).bind("merchant", merchant).execute();
            handle.createUpdate(FORGET_DROPPED).bind("merchant", merchant).execute();
        });
    }

    /// Whether a mark of somebody who was erased went unread: it is kept for [Erasures#TOLD_FOR].
    boolean missedAMark(int merchant, Place place) {
        return jdbi.withHandle(handle -> handle.createQuery(DROPPED)
                .bind("merchant", merchant)
                .mapTo(String.class)
                .findOne()
                .filter(dropped -> place.xid() <= Long.parseUnsignedLong(dropped))
                .isPresent());
    }

    /// Each customer once, with the present score.
    Changes since(int merchant, Place place, Now now, int limit) {
        var changes = jdbi.withHandle(handle -> handle.createQuery(CHANGED)
                .bind("merchant", merchant)
                .bind("xid", String.valueOf(place.xid()))
                .bind("customer", place.customer())
                .bind("horizon", String.valueOf(now.horizon()))
                .bind("limit", limit)
                .map((row, context) -> change(row))
                .list());
        var more = changes.size() == limit;
        return new Changes(
                changes.stream().map(Change::score).filter(Objects::nonNull).toList(),
                changes.stream().map(Change::gone).filter(Objects::nonNull).toList(),
                more ? changes.getLast().place() : Place.before(now.horizon()),
                more);
    }

    private static Change change(ResultSet row) throws SQLException {
        var place = new Place(Long.parseUnsignedLong(row.getString("xid")), row.getLong("changed_customer"));
        return row.getObject("customer_id") == null
                ? new Change(place, null, new Gone(place.customer(), Fields.instant(row, "erased_at")))
                : new Change(place, ScoreList.row(row), null);
    }
}
