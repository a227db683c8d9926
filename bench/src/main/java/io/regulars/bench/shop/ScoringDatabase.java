package io.regulars.bench.shop;

import java.sql.SQLException;
import java.time.Instant;

import io.regulars.bench.world.Database;

/// Writes into scoring-service's database what its topics would have brought.
public final class ScoringDatabase {

    private final Database database;
    private final int merchant;

    public ScoringDatabase(Database database, int merchant) {
        this.database = database;
        this.merchant = merchant;
    }

    /// Customers without orders whose scorecard may change at that instant and no sooner.
    public void reviews(long customers, Instant due) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var rows = new CopyRows(connection, "history (merchant_id, customer_id)")) {
                for (var number = 1L; number <= customers; number++) {
                    rows.row(merchant, number);
                }
                rows.end();
            }
            try (var rows = new CopyRows(connection, "review (merchant_id, customer_id, due_at)")) {
                for (var number = 1L; number <= customers; number++) {
                    rows.row(merchant, number, due.plusSeconds(number % 86_400));
                }
                rows.end();
            }
            connection.commit();
        }
    }
}
