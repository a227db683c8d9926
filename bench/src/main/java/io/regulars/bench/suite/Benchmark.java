package io.regulars.bench.suite;

import io.regulars.bench.report.Report;

/// A question with a command that answers it.
public interface Benchmark {

    String name();

    /// In one line: what is measured against what.
    String about();

    /// Measures, and checks what came out. A wrong answer is the report's to tell; an exception means that the
    /// benchmark itself failed.
    Report run(Bench bench) throws Exception;
}
