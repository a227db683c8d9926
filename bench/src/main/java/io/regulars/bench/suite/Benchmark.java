package io.regulars.bench.suite;

import java.util.Optional;

import io.regulars.bench.report.Report;
import io.regulars.local.supervise.Selection;

/// A question with a command that answers it.
public interface Benchmark {

    String name();

    /// In one line: what is measured against what.
    String about();

    /// What it needs where it can run on a system on which others ran before and left their merchants; nothing where it
    /// needs a system of its own. The short form runs such benchmarks on one system, one after the other.
    default Optional<Selection> shares() {
        return Optional.empty();
    }

    /// Measures, and checks what came out. A wrong answer is the report's to tell; an exception means that the
    /// benchmark itself failed.
    Report run(Bench bench) throws Exception;
}
