package io.regulars.bench.recompute;

import java.sql.SQLException;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.ProcessTree;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.world.Database;

/// The least that any way of scoring everybody could cost this server: to read all orders once and add them up, and to
/// write every row of a table like that of the scores once.
final class BareStatements {

    private static final String READ = """
            select count(*), sum(orders), sum(amount), max(last_day) from (
              select customer_id, count(*) as orders, sum(amount) as amount, max(day) as last_day
              from purchase_order where merchant_id = %d and counted group by customer_id) as by_customer
            """;

    private static final String[] COPY = {
        "drop table if exists bare_score",
        "create table bare_score (like score including all)",
        "insert into bare_score select * from score where merchant_id = %d",
        "vacuum analyze bare_score"
    };

    private static final String WRITE = """
            update bare_score b set version = s.version + 1, frequency = s.frequency + 1, monetary = s.monetary
            from score s where s.merchant_id = %d and b.merchant_id = s.merchant_id and b.customer_id = s.customer_id
            """;

    private final Database database;
    private final int merchant;

    BareStatements(Database database, int merchant) {
        this.database = database;
        this.merchant = merchant;
    }

    Sample read(ProcessTree postgres, int customers) throws SQLException {
        var meter = Meter.over(postgres);
        database.row(READ.formatted(merchant));
        return meter.seconds(customers);
    }

    /// Onto a fresh copy each time, as tightly packed as a table can be.
    Sample write(ProcessTree postgres, int customers) throws SQLException {
        for (var statement : COPY) {
            database.run(statement.formatted(merchant));
        }
        var meter = Meter.over(postgres);
        database.run(WRITE.formatted(merchant));
        return meter.seconds(customers);
    }
}
