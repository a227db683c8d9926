package io.regulars.scoring.score;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.regulars.scoring.Words;
import io.regulars.scoring.rows.Fields;

/// One tier change, one entering of a group or a stage, or one warning that a customer is about to be lost.
///
/// @param seq 1 for the customer's first in this dimension, then without gaps
record Step(
        long customerId,
        Dimension dimension,
        long seq,
        String key,
        int rank,
        String previous,
        int previousRank,
        Instant since,
        Words reason,
        int modelVersion,
        boolean backfill) {

    enum Dimension {
        tier,
        group,
        stage,
        churn
    }

    static Step read(ResultSet row) throws SQLException {
        return new Step(
                row.getLong("customer_id"),
                Dimension.valueOf(row.getString("dimension")),
                row.getLong("seq"),
                row.getString("key"),
                row.getInt("rank"),
                row.getString("previous"),
                row.getInt("previous_rank"),
                Fields.instant(row, "since"),
                Words.of(row.getString("reason_zh"), row.getString("reason_en")),
                row.getInt("model_version"),
                row.getBoolean("backfill"));
    }
}
