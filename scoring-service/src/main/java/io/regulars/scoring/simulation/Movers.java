package io.regulars.scoring.simulation;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.rows.Columns;
import io.regulars.scoring.simulation.SimulationJobs.Key;
import org.jdbi.v3.core.Jdbi;

/// The customers who would have another tier by a simulation.
@ApplicationScoped
class Movers {

    private static final String ADD = """
            insert into simulation_move (merchant_id, simulation_id, customer_id, from_tier, to_tier)
            select :merchant, :simulation, * from unnest(:customers::bigint[], :from::text[], :to::text[])
            """;

    /// The limit is a query of its own, so that the planner does not know it and goes for the first rows: a join
    /// over two columns it takes for next to nothing, and would rather sort than walk.
    private static final String LIST = """
            select m.customer_id, h.external_id, m.from_tier, m.to_tier
            from simulation_move m join history h using (merchant_id, customer_id)
            where m.merchant_id = :merchant and m.simulation_id = :simulation and m.customer_id > :after
              and not h.erased
              and (:from::text is null or m.from_tier = :from)
              and (:to::text is null or m.to_tier = :to)
            order by m.customer_id limit (select :limit::int)
            """;

    /// @param externalId null where the merchant has none for them, and while the simulation is made
    record Mover(long customerId, String externalId, String from, String to) {}

    private final Jdbi jdbi;

    Movers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void add(Key key, List<Mover> movers) {
        jdbi.useHandle(handle -> Columns.of(
                        handle.createUpdate(ADD)
                                .bind("merchant", key.merchant())
                                .bind("simulation", key.simulation()),
                        movers)
                .longs("customers", Mover::customerId)
                .texts("from", Mover::from)
                .texts("to", Mover::to)
                .bound()
                .execute());
    }

    /// @param from and `to`, null for any
    /// @param after the customer that the page before ended with, 0 for the first
    List<Mover> list(int merchant, long simulation, String from, String to, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("simulation", simulation)
                .bind("from", from)
                .bind("to", to)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Mover(
                        row.getLong("customer_id"),
                        row.getString("external_id"),
                        row.getString("from_tier"),
                        row.getString("to_tier")))
                .list());
    }
}
