package io.regulars.customer.imports;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How files are taken and read.
@ConfigMapping(prefix = "regulars.import")
interface ImportConfig {

    /// Bytes of text in a file, unpacked: more is refused, whatever its packed size.
    @WithDefault("500000000")
    long mostBytes();

    /// Bytes of any body that is no file.
    @WithDefault("10000000")
    long mostJsonBytes();

    /// Lines that are read, or written, in one transaction: what a crash can cost, and how often progress moves.
    @WithDefault("10000")
    int chunk();

    /// How long a replica that fell silent keeps its job. While it works on a chunk, a row lock keeps the job.
    @WithDefault("PT10S")
    Duration claim();

    /// Imports of one merchant that may wait or run at once: each keeps its file in the database until it ends.
    @WithDefault("10")
    int mostWaiting();

    /// How long an import that ended is remembered, with its error report.
    @WithDefault("P90D")
    Duration remembered();
}
