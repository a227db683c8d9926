package io.regulars.scoring.recompute;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// What is to be scored anew, and how far it is.
@ApplicationScoped
public class Recomputes {

    /// Why a recompute was asked for.
    public enum Reason {
        requested,
        model,
        calibration,
        settings,
        products
    }

    /// Joins what already waits: the greater of the two is done once. What a calibration asked for may still wait
    /// for its fit, what somebody else asks for does not.
    private static final String REQUEST = """
            insert into recompute as r (merchant_id, reason, rebuild, products, state, requested_at)
            values (:merchant, :reason, :rebuild, :products, 'queued', :now)
            on conflict (merchant_id) where state = 'queued' do update set
              rebuild = r.rebuild or excluded.rebuild or (r.products is null) <> (excluded.products is null),
              products = case when r.products is null or excluded.products is null then null
                else array(select distinct unnest(r.products || excluded.products)) end,
              reason = case when r.reason = 'calibration' or r.reason = 'requested' and excluded.reason <> 'calibration'
                then excluded.reason else r.reason end
            returning recompute_id
            """;

    private static final String FIND = "select * from recompute where merchant_id = :merchant and recompute_id = :id";

    private static final String CANCEL = """
            update recompute set state = 'cancelled', finished_at = :now
            where merchant_id = :merchant and recompute_id = :id and state in ('queued', 'running', 'paused')
            """;

    /// What is under way ends its range; no other is claimed.
    private static final String PAUSE = """
            update recompute set state = 'paused'
            where merchant_id = :merchant and recompute_id = :id and state = 'running'
            """;

    private static final String RESUME = """
            update recompute set state = 'running'
            where merchant_id = :merchant and recompute_id = :id and state = 'paused'
            """;

    /// @param total customers, null until the ranges are cut
    record Recompute(
            long id,
            Reason reason,
            String state,
            long done,
            Long total,
            Instant startedAt,
            Instant finishedAt,
            String problem) {}

    private final Jdbi jdbi;
    private final Clock clock;

    Recomputes(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// Asks for all customers to be scored anew.
    ///
    /// @param rebuild whether histories and forecasts are to be made anew from the orders first
    public long request(int merchant, Reason reason, boolean rebuild) {
        return request(merchant, reason, rebuild, null);
    }

    /// Asks for the forecasts of these products to be made anew, for those who bought them.
    public long requestForBuyersOf(int merchant, Collection<String> products) {
        return request(merchant, Reason.products, false, products.toArray(String[]::new));
    }

    private long request(int merchant, Reason reason, boolean rebuild, String[] products) {
        return jdbi.withHandle(handle -> handle.createQuery(REQUEST)
                .bind("merchant", merchant)
                .bind("reason", reason.name())
                .bind("rebuild", rebuild)
                .bindByType("products", products, String[].class)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one());
    }

    Optional<Recompute> find(int merchant, long id) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("id", id)
                .map((row, context) -> recompute(row))
                .findOne());
    }

    List<Recompute> latest(int merchant, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from recompute where merchant_id = :merchant order by recompute_id desc limit :most")
                .bind("merchant", merchant)
                .bind("most", most)
                .map((row, context) -> recompute(row))
                .list());
    }

    /// False where its state forbids it, as with the two below.
    boolean cancel(int merchant, long id) {
        return jdbi.withHandle(handle -> handle.createUpdate(CANCEL)
                        .bind("merchant", merchant)
                        .bind("id", id)
                        .bind("now", clock.instant())
                        .execute())
                > 0;
    }

    boolean pause(int merchant, long id) {
        return change(PAUSE, merchant, id);
    }

    boolean resume(int merchant, long id) {
        return change(RESUME, merchant, id);
    }

    private boolean change(String sql, int merchant, long id) {
        return jdbi.withHandle(handle -> handle.createUpdate(sql)
                        .bind("merchant", merchant)
                        .bind("id", id)
                        .execute())
                > 0;
    }

    private static Recompute recompute(ResultSet row) throws SQLException {
        return new Recompute(
                row.getLong("recompute_id"),
                Reason.valueOf(row.getString("reason")),
                row.getString("state"),
                row.getLong("done"),
                row.getObject("total", Long.class),
                Fields.instant(row, "started_at"),
                Fields.instant(row, "finished_at"),
                row.getString("problem"));
    }
}
