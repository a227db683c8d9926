package io.regulars.faults.fault;

import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;

/// The disk of PostgreSQL or of Kafka is full for a while, and there is room again.
final class DiskFull implements Fault {

    /// Some pages more, then nothing.
    private static final int LEFT = 512 * 1024;

    private final String unit;

    DiskFull(String unit) {
        this.unit = unit;
    }

    @Override
    public String name() {
        return "disk-full-" + unit;
    }

    @Override
    public String says() {
        return "the disk of " + unit + " (a small tmpfs; needs the right to mount) is full for a while";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var rig = strike.rig();
        var disk = rig.smallDisk(unit);
        if (!disk.possible()) {
            rig.say("SKIPPED: nothing can be mounted here, so no disk is full");
            return List.of(new Violation("coverage", "no file system can be mounted", name()));
        }
        disk.moveOnto();
        try {
            rig.awaitReady(List.of(unit));
            rig.awaitReady(Rig.SERVICES);
            strike.workload().broadcast();
            strike.pause(1_000, 3_000);
            disk.fill(LEFT);
            rig.say("the disk of " + unit + " is full");
            strike.pause(15_000, 20_000);
            disk.free();
            rig.say("there is room again");
            rig.awaitReady(Rig.UNITS);
            strike.pause(1_000, 2_000);
        } finally {
            disk.free();
            disk.close();
        }
        rig.awaitReady(Rig.UNITS);
        return List.of();
    }
}
