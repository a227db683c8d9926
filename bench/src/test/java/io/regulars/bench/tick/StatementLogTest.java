package io.regulars.bench.tick;

import java.util.List;

import io.regulars.bench.tick.StatementLog.Timed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatementLogTest {

    private static final String LOG = """
            2026-01-01 10:00:00.001 UTC [12] LOG:  duration: 0.200 ms  parse <unnamed>: select a
            \tfrom one
            \tfor update skip locked
            2026-01-01 10:00:00.002 UTC [12] LOG:  duration: 0.100 ms  bind S_1: select a
            \tfrom one
            2026-01-01 10:00:00.002 UTC [12] DETAIL:  Parameters: $1 = '2026-01-01'
            2026-01-01 10:00:00.003 UTC [12] LOG:  duration: 1.500 ms  execute S_1/C_2: select a
            \tfrom one
            2026-01-01 10:00:00.004 UTC [12] LOG:  checkpoint starting: time
            2026-01-01 10:00:00.005 UTC [12] LOG:  duration: 0.010 ms  statement: vacuum
            """;

    @Test
    void readsStagesWithTheirWholeStatement() {
        var found = StatementLog.parse(LOG);

        assertThat(found)
                .containsExactly(
                        new Timed(12, "parse", 0.2, "select a\nfrom one\nfor update skip locked"),
                        new Timed(12, "bind", 0.1, "select a\nfrom one"),
                        new Timed(12, "execute", 1.5, "select a\nfrom one"));
    }

    @Test
    void aTickIsAllStagesUpToTheLastRow() {
        var ticks = EmptyTick.ticks(List.of(
                timed(1, "execute", 100),
                timed(1, "execute", 100),
                timed(1, "parse", 1),
                timed(1, "bind", 2),
                timed(1, "execute", 4),
                timed(1, "execute", 8),
                timed(1, "bind", 3)));

        assertThat(ticks).containsExactly(7.0, 8.0);
    }

    @Test
    void theFirstTicksOfEachConnectionDoNotCount() {
        var ticks = EmptyTick.ticks(List.of(
                timed(1, "execute", 100),
                timed(2, "execute", 100),
                timed(1, "bind", 100),
                timed(2, "execute", 100),
                timed(1, "execute", 100),
                timed(2, "bind", 1),
                timed(1, "execute", 5),
                timed(2, "execute", 2)));

        assertThat(ticks).containsExactly(5.0, 3.0);
    }

    private static Timed timed(long process, String stage, double millis) {
        return new Timed(process, stage, millis, "select");
    }
}
