package io.regulars.customer.imports;

import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import org.jboss.logging.Logger;

/// Takes up imports that wait, and those whose replica fell silent.
@Singleton
class ImportWorker {

    private static final Logger LOG = Logger.getLogger(ImportWorker.class);
    private static final int MOST_ATTEMPTS = 5;

    private final ImportTable table;
    private final ImportRun run;
    private final ImportConfig config;
    private final Clock clock;
    private final String replica = UUID.randomUUID().toString();
    private volatile boolean stopping;

    ImportWorker(ImportTable table, ImportRun run, ImportConfig config, Clock clock) {
        this.table = table;
        this.run = run;
        this.config = config;
        this.clock = clock;
    }

    void stop(@Observes ShutdownEvent shutdown) {
        stopping = true;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void work() {
        Optional<ImportJob> claimed = claim();
        while (claimed.isPresent() && !stopping) {
            work(claimed.get());
            claimed = claim();
        }
    }

    @Scheduled(every = "6h", delayed = "15m")
    @Transactional
    void forget() {
        table.forget(clock.instant().minus(config.remembered()));
    }

    private Optional<ImportJob> claim() {
        return QuarkusTransaction.requiringNew().call(() -> table.claim(replica, config.claim(), clock.instant()));
    }

    private void work(ImportJob claimed) {
        LOG.infof(
                "import taken up: import=%d phase=%s line=%d", claimed.importId(), claimed.phase(), claimed.readLine());
        try (OpenFile file = run.open(claimed)) {
            Optional<ImportJob> job = Optional.of(claimed);
            while (job.isPresent() && !stopping) {
                job = run.chunk(job.get(), replica, file);
            }
            if (job.isPresent()) {
                release(job.get(), Duration.ZERO, 0);
            } else {
                LOG.infof("import ended or left to another: import=%d", claimed.importId());
            }
        } catch (OpenFile.UnreadableFile e) {
            run.fail(claimed, replica, e.getMessage());
        } catch (RuntimeException e) {
            retryOrFail(claimed, e);
        }
    }

    /// A database that is away comes back: such failures are tried for ever. Any other may be ours, and ends
    /// the job.
    private void retryOrFail(ImportJob job, RuntimeException failure) {
        LOG.warnf(failure, "import stumbled and is tried again: import=%d", job.importId());
        int attempts = release(job, Duration.ofSeconds(2), passes(failure) ? 0 : 1);
        if (attempts >= MOST_ATTEMPTS) {
            LOG.errorf("import failed: import=%d attempts=%d", job.importId(), attempts);
            run.fail(job, replica, "an internal error stopped it " + attempts + " times; what was written stays");
        }
    }

    private int release(ImportJob job, Duration wait, int failures) {
        return QuarkusTransaction.requiringNew().call(() -> table.release(job, replica, wait, failures));
    }

    /// Connections that break (08), servers that stop (57P), deadlocks and serialisation (40).
    private static boolean passes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof SQLTransientException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return state.startsWith("08") || state.startsWith("57P") || state.startsWith("40");
            }
        }
        return false;
    }
}
