package io.regulars.kit.sql;

import java.time.Duration;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import io.quarkiverse.resteasy.problem.DefaultExceptionMapper;
import io.regulars.kit.problem.Problems;
import org.jboss.logging.Logger;

/// Answers that a request may come again while the database is away: 503, where any other failure is a 500. It stands
/// before the library's own mapper of all exceptions, since Jdbi, Hibernate and the transaction manager each wrap
/// what happened in exceptions of their own.
@Provider
@Priority(1)
public class DatabaseAwayMapper implements ExceptionMapper<Exception> {

    private static final Logger LOG = Logger.getLogger(DatabaseAwayMapper.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final DefaultExceptionMapper otherwise;

    DatabaseAwayMapper(DefaultExceptionMapper otherwise) {
        this.otherwise = otherwise;
    }

    @Override
    public Response toResponse(Exception e) {
        return DatabaseAway.in(e)
                .map(reason -> {
                    LOG.warnf("a request met no database: %s (%s)", reason.getMessage(), reason.getSQLState());
                    return Problems.unavailable("the database is away; try again", RETRY_AFTER)
                            .toResponse();
                })
                .orElseGet(() -> otherwise.toResponse(e));
    }
}
