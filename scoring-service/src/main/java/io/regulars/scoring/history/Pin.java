package io.regulars.scoring.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.regulars.scoring.rows.Fields;

/// A tier that somebody gave to a customer by hand.
///
/// @param tier its key; means nothing while the model has no such tier
/// @param until exclusive
public record Pin(String tier, Instant at, Instant until, String reason, String by) {

    /// What a query that joins `tier_pin p` selects for [#read].
    public static final String COLUMNS =
            "p.tier as pin_tier, p.pinned_at, p.until as pinned_until, p.reason as pin_reason, p.pinned_by";

    /// Null where the customer has none.
    public static Pin read(ResultSet row) throws SQLException {
        var tier = row.getString("pin_tier");
        return tier == null
                ? null
                : new Pin(
                        tier,
                        Fields.instant(row, "pinned_at"),
                        Fields.instant(row, "pinned_until"),
                        row.getString("pin_reason"),
                        row.getString("pinned_by"));
    }

    public boolean holdsAt(Instant instant) {
        return !instant.isBefore(at) && instant.isBefore(until);
    }
}
