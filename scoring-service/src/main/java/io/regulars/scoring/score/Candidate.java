package io.regulars.scoring.score;

import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.model.Scorecard;

/// A customer under scoring: facts, what was written before, what the model says now.
///
/// @param live whether the steps that this change is may start campaigns; else they are backfill
/// @param told whether the windows that are open now may
record Candidate(
        PurchaseHistory history, StoredScore before, StoredScore after, Scorecard card, boolean live, boolean told) {

    long customerId() {
        return history.customerId();
    }

    boolean published() {
        return after.version() != before.version();
    }
}
