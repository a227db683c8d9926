package io.regulars.local.command;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Where a command says what it does.
final class Terminal {

    private final PrintStream out;
    private final Clock clock;
    private final Instant began;
    private int tenth = -1;

    Terminal(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.began = clock.instant();
    }

    void say(String text) {
        out.println(text);
    }

    /// A step on the way, with the seconds since the command began.
    void step(String text) {
        var passed = Duration.between(began, clock.instant());
        out.printf("%6.1f s  %s%n", passed.toMillis() / 1000.0, text);
    }

    /// A bar that is drawn over itself on a terminal, and at each tenth elsewhere.
    void bar(String what, long done, Long total, Double rate) {
        var share = total == null || total == 0 ? 0 : Math.min(1.0, (double) done / total);
        var terminal = System.console() != null && System.console().isTerminal();
        var end = terminal ? "\r" : "\n";
        if (!terminal && (int) (share * 10) == tenth) {
            return;
        }
        tenth = (int) (share * 10);
        var filled = (int) Math.round(share * 30);
        out.printf(
                "%s [%s%s] %,d%s%s  %s",
                what,
                "#".repeat(filled),
                ".".repeat(30 - filled),
                done,
                total == null ? "" : " of %,d".formatted(total),
                rate == null ? "" : ", %,.0f/s".formatted(rate),
                end);
        out.flush();
    }
}
