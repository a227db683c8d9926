package io.regulars.bench.send;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.World;

/// A way to write to customers, with the sink that takes what is sent.
interface Channel extends AutoCloseable {

    /// Makes ready what must be known before the services start.
    interface Opening {

        /// @return nothing where there can be no sink, which the report says
        Optional<Channel> open(Bench bench, Report report) throws Exception;
    }

    /// What campaign-service is told, so that it sends into the sink.
    Map<String, String> settings();

    void measure(Bench bench, Report report, World world) throws Exception;

    @Override
    void close() throws IOException;
}
