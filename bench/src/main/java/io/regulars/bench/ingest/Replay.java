package io.regulars.bench.ingest;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.regulars.bench.load.ClosedLoop;
import io.regulars.bench.load.Posts;
import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.report.Goal;

/// The same batches a second time, which must change nothing.
final class Replay {

    /// Where each row lies and which transaction put it there: a row that is written again has another of both.
    private static final String ROWS = """
            select count(*), sum(o.version), sum(hashtextextended(o.ctid::text || o.xmin::text, 0)::numeric),
              (select sum(hashtextextended(l.ctid::text || l.xmin::text, 0)::numeric) from order_line l
               where l.merchant_id = ? and l.order_id = any(array_agg(o.order_id)))
            from customer_order o where o.merchant_id = ? and o.external_id like ?
            """;

    private final Shopfront shop;
    private final int batches;
    private final Map<Integer, List<byte[]>> sets = new HashMap<>();

    Replay(Shopfront shop) {
        this.shop = shop;
        this.batches = shop.bench().pick(80, 4);
    }

    void againstTheFirstTime() throws Exception {
        shop.report()
                .say(
                        "Replay: %d batches of %d orders are posted again with the same content, against the posting of as many new ones."
                                .formatted(batches, Batches.SIZE));
        post(0);
        var race = Race.run(
                "replay of batches",
                shop.bench().rounds(),
                new Contestant("second time", this::second),
                new Contestant("first time", round -> post(round + 1)),
                shop.bench().progress());
        shop.report().race(race, "orders/s", Goal.atLeast(1.5));
        shop.checkSums("replay");
    }

    private Sample second(int round) throws Exception {
        var before = rows(round);
        var sample = send(sets.get(round));
        shop.report().check("replay: number, version and place of the rows", before, rows(round));
        return sample;
    }

    private Sample post(int set) throws Exception {
        var bodies = new ArrayList<byte[]>();
        for (var i = 0; i < batches; i++) {
            bodies.add(shop.source().batch(prefix(set), Batches.SIZE));
        }
        sets.put(set, bodies);
        return send(bodies);
    }

    private Sample send(List<byte[]> bodies) throws Exception {
        var next = new AtomicInteger();
        var posts = new Posts(shop.batches(), shop.token(), () -> bodies.get(next.getAndIncrement()));
        var meter = Meter.over(shop.service(), shop.postgres());
        ClosedLoop.exactly(posts, Batches.CLIENTS, bodies.size());
        var orders = (long) bodies.size() * Batches.SIZE;
        var rate = orders / meter.elapsedSeconds();
        shop.drained();
        return meter.rate(orders, rate);
    }

    private String rows(int set) throws SQLException {
        return shop.database().row(ROWS, shop.merchant().id(), shop.merchant().id(), prefix(set) + "%");
    }

    private static String prefix(int set) {
        return "R" + set + "-";
    }
}
