package io.regulars.customer.imports;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/// Files may be large, since they are spooled to disk; any other body is read into memory and is kept small.
@Singleton
class JsonBodyLimit {

    /// After the framework's own limit, which is that of files.
    private static final int AFTER_UPLOAD_LIMIT = 1;

    private final ImportConfig config;

    JsonBodyLimit(ImportConfig config) {
        this.config = config;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_UPLOAD_LIMIT);
    }

    private void check(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        boolean file = type != null && type.startsWith("multipart/form-data");
        if (!file && length(request) > config.mostJsonBytes()) {
            request.response()
                    .setStatusCode(413)
                    .putHeader("Content-Type", "application/problem+json")
                    .putHeader("Connection", "close")
                    .end("""
                            {"status":413,"title":"Content Too Large","detail":"a body that is no file must have at most \
                            %d bytes"}""".formatted(config.mostJsonBytes()));
            return;
        }
        if (!file) {
            // for bodies that come in chunks and do not say how long they are
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, config.mostJsonBytes());
        }
        request.next();
    }

    private static long length(RoutingContext request) {
        String length = request.request().getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
