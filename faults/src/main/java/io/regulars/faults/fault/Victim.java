package io.regulars.faults.fault;

import java.util.List;
import java.util.Random;

import io.regulars.faults.rig.Rig;

/// What dies in a round of kills.
///
/// @param unit a service, `kafka` or `postgres`
/// @param point where it dies; null for any instant
/// @param arrival at which reaching of the point
record Victim(String unit, String point, int arrival) {

    private static final int LATEST_ARRIVAL = 3;

    /// Half of all die at a named point, each as likely as another; three of ten are services at any instant; Kafka
    /// and PostgreSQL share the rest.
    ///
    /// @param points of all services, as `campaign smtp.after-dot`
    static Victim drawn(Random random, List<String> points) {
        var dice = random.nextInt(100);
        if (dice < 50) {
            var point = points.get(random.nextInt(points.size())).split(" ");
            return new Victim(point[0], point[1], 1 + random.nextInt(LATEST_ARRIVAL));
        }
        if (dice < 80) {
            return anyTime(Rig.SERVICES.get(random.nextInt(Rig.SERVICES.size())));
        }
        return anyTime(dice < 90 ? "kafka" : "postgres");
    }

    static Victim anyTime(String unit) {
        return new Victim(unit, null, 0);
    }

    /// For the report.
    String kind() {
        return point == null ? unit : unit + " " + point;
    }
}
