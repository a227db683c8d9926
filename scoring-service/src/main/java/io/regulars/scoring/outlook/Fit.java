package io.regulars.scoring.outlook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

import io.regulars.scoring.lifetime.BgNbd;
import io.regulars.scoring.lifetime.Fitted;
import io.regulars.scoring.lifetime.GammaGamma;
import io.regulars.scoring.lifetime.Tracking;
import io.regulars.scoring.rows.Fields;

/// A fit that was asked for, and what became of it.
///
/// @param basis `shop`: fitted on this shop; `shops`: on others, since this one has too few buyers; null until
///     it is done
/// @param asOf null for the instant at which it is made
/// @param fitted null until it is done
record Fit(
        long id,
        String reason,
        String basis,
        Instant asOf,
        String state,
        Instant requestedAt,
        Instant startedAt,
        Instant finishedAt,
        String problem,
        Fitted fitted) {

    static Fit read(ResultSet row) throws SQLException {
        return new Fit(
                row.getLong("fit_id"),
                row.getString("reason"),
                row.getString("basis"),
                Fields.instant(row, "as_of"),
                row.getString("state"),
                Fields.instant(row, "requested_at"),
                Fields.instant(row, "started_at"),
                Fields.instant(row, "finished_at"),
                row.getString("problem"),
                row.getString("state").equals("done") ? fitted(row) : null);
    }

    private static Fitted fitted(ResultSet row) throws SQLException {
        var model = new BgNbd(row.getDouble("r"), row.getDouble("alpha_weeks"), row.getDouble("a"), row.getDouble("b"));
        return new Fitted(
                row.getLong("buyers"),
                row.getLong("repeat_buyers"),
                new Fitted.Purchases(model, row.getDouble("log_likelihood")),
                row.getObject("p") == null ? null : spent(row),
                new Tracking(
                        (int) row.getObject("first_day", LocalDate.class).toEpochDay(),
                        Fields.doubles(row, "expected"),
                        Fields.doubles(row, "actual"),
                        row.getInt("learned_weeks")),
                row.getObject("later_days") == null ? null : later(row));
    }

    private static Fitted.Spent spent(ResultSet row) throws SQLException {
        return new Fitted.Spent(
                new GammaGamma(row.getDouble("p"), row.getDouble("q"), row.getDouble("v")),
                row.getDouble("spending_log_likelihood"),
                row.getLong("spending_buyers"));
    }

    private static Fitted.Later later(ResultSet row) throws SQLException {
        return new Fitted.Later(row.getInt("later_days"), row.getDouble("later_expected"), row.getLong("later_actual"));
    }
}
