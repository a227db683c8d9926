package io.regulars.faults.fault;

import java.util.List;

/// The matrix.
public final class Faults {

    public static final List<Fault> ALL = List.of(
            new KillAtPoints(),
            new KillAtRandom(),
            new KillServer("kafka"),
            new KillServer("postgres"),
            new StopAndContinue(),
            new SlowConsumer(),
            new Duplicates(),
            new Reorder(),
            new Poison(),
            new CutAnswers(),
            new SmtpMisbehaves(),
            new SmtpReplies(),
            new SmsMisbehaves(),
            new PauseAndUnsubscribe(),
            new Rebalances(),
            new TwoReplicas(),
            new ClockSteps(),
            new HotKeys(),
            new IdleTransactions(),
            new DiskFull("postgres"),
            new DiskFull("kafka"));

    private Faults() {}

    public static Fault named(String name) {
        return ALL.stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault '" + name + "'; there are "
                        + String.join(", ", ALL.stream().map(Fault::name).toList())));
    }
}
