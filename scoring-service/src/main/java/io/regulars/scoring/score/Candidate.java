package io.regulars.scoring.score;

import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.model.Scorecard;

/// A customer under scoring: facts, what was written before, what the model says now.
///
/// @param told whether the change may start campaigns; else it is backfill
record Candidate(PurchaseHistory history, StoredScore before, StoredScore after, Scorecard card, boolean told) {

    long customerId() {
        return history.customerId();
    }

    boolean published() {
        return after.version() != before.version();
    }
}
