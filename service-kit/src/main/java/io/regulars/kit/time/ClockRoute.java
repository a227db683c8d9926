package io.regulars.kit.time;

import java.time.Duration;
import java.time.format.DateTimeParseException;

import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/// `PUT /clock {"offset": "P30D"}` on the management port, where the configuration allows it.
class ClockRoute {

    private static final long LONGEST_BODY = 1_000;

    private final ShiftableClock clock;
    private final ClockConfig config;

    ClockRoute(ShiftableClock clock, ClockConfig config) {
        this.clock = clock;
        this.config = config;
    }

    void register(@Observes ManagementInterface management) {
        if (config.adjustable()) {
            management.router().get("/clock").handler(this::show);
            management
                    .router()
                    .put("/clock")
                    .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
                    .handler(this::shift);
        }
    }

    private void show(RoutingContext request) {
        request.json(new JsonObject()
                .put("offset", clock.offset().toString())
                .put("now", clock.instant().toString()));
    }

    private void shift(RoutingContext request) {
        try {
            clock.setOffset(Duration.parse(request.body().asJsonObject().getString("offset")));
            show(request);
        } catch (DateTimeParseException | ClassCastException | NullPointerException e) {
            request.response()
                    .setStatusCode(422)
                    .end("{\"detail\":\"offset must be an ISO 8601 duration such as P30D\"}");
        }
    }
}
