package io.regulars.bench.recompute;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.World;

/// The service against SQL and DuckDB, in turn, and a look at all scores after each.
final class Rounds {

    /// With the rounds they stay below the fifth by which a shop grows until it is calibrated anew.
    private static final int MOST_WINDOWS = 6;

    private final Bench bench;
    private final Report report;
    private final World world;
    private final int customers;
    private final FromOrders sql;
    private final DuckOrders duck;
    private final BareStatements bare;

    Rounds(
            Bench bench,
            Report report,
            World world,
            int customers,
            FromOrders sql,
            DuckOrders duck,
            BareStatements bare) {
        this.bench = bench;
        this.report = report;
        this.world = world;
        this.customers = customers;
        this.sql = sql;
        this.duck = duck;
        this.bare = bare;
    }

    /// One customer in a hundred buys.
    void told(Told told) throws Exception {
        var changed = Math.max(1, customers / 100);
        report.say(
                "1 %% changed: %,d new orders of about as many customers are posted to customer-service in batches, and the clock runs until scoring-service has written their scores; the peers compute all customers, and have the new orders already."
                        .formatted(changed));
        report.fact(
                "warm-up, 1 % changed",
                WarmUp.run(
                                bench.pick(MOST_WINDOWS, 1),
                                () -> changed / told.run(changed).value())
                        .toString());
        checked("warmed up");
        var ours = new Contestant("customer- and scoring-service", round -> told.run(changed));
        report.race(
                Race.run("1 % changed", bench.rounds(), ours, sql(customers + 1), bench.progress()),
                "s",
                Goal.atMost(0.1));
        report.race(
                Race.run("1 % changed against DuckDB", bench.rounds(), ours, duckDb(), bench.progress()),
                "s",
                Goal.atMost(2));
        checked("1 % changed");
    }

    /// Everybody is scored anew, as after a change of the model.
    void recomputed(Recomputation recomputation) throws Exception {
        report.say(
                "All anew: a recompute over scoring-service's interface scores every customer, where all scores are right, where one in a hundred had been made wrong by hand, and where all had; SQL has as many wrong rows of its own, DuckDB writes all of its rows each time. The bare aggregate adds up each customer's orders and writes nothing; the bare update writes three columns of every row of a fresh copy of the table of scores, with its indexes.");
        for (var wrong : Wrong.values()) {
            var every = wrong.every(customers);
            var name = "all anew, " + wrong.words;
            var ours = new Contestant("scoring-service", round -> {
                recomputation.disturb(every);
                return recomputation.run(customers);
            });
            report.race(Race.run(name, bench.rounds(), ours, sql(every), bench.progress()), "s", null);
            checked(name);
            if (wrong != Wrong.ONE_IN_A_HUNDRED) {
                report.race(
                        Race.run(name + ", against bare SQL", bench.rounds(), ours, bare(wrong), bench.progress()),
                        "s",
                        Goal.atMost(wrong == Wrong.NONE ? 3 : 1.5));
            }
        }
    }

    private Contestant bare(Wrong wrong) {
        return wrong == Wrong.NONE
                ? new Contestant("bare aggregate", round -> bare.read(world.postgres(), customers))
                : new Contestant("bare update … from", round -> bare.write(world.postgres(), customers));
    }

    private Contestant sql(int wrongEvery) {
        return new Contestant("SQL", round -> {
            sql.disturb(wrongEvery);
            return sql.run(world.postgres(), customers);
        });
    }

    private Contestant duckDb() {
        return new Contestant("DuckDB", round -> {
            duck.follow();
            return duck.run(customers);
        });
    }

    void checked(String when) throws Exception {
        sql.run(world.postgres(), customers);
        duck.follow();
        duck.run(customers);
        report.check(when + ": scores that are not what SQL makes of the orders", 0, sql.unequal());
        report.check(when + ": DuckDB's scores, summed, as SQL's", sql.sums(), duck.sums());
    }

    private enum Wrong {
        NONE("none wrong"),
        ONE_IN_A_HUNDRED("1 % wrong"),
        ALL("all wrong");

        private final String words;

        Wrong(String words) {
            this.words = words;
        }

        int every(int customers) {
            return switch (this) {
                case NONE -> customers + 1;
                case ONE_IN_A_HUNDRED -> 100;
                case ALL -> 1;
            };
        }
    }
}
