package io.regulars.kit.fault;

import java.util.Optional;

import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// `GET /kill-points` on the management port names this service's points with how often each was reached;
/// `PUT /kill-points/{name} {"arrival": 3}` arms one. Neither is there where kill points are off.
class KillPointRoute {

    private static final long LONGEST_BODY = 1_000;

    private final String service;

    KillPointRoute(@ConfigProperty(name = "quarkus.application.name") String service) {
        this.service = service;
    }

    void register(@Observes ManagementInterface management) {
        if (KillPoint.ON) {
            management.router().get("/kill-points").handler(this::list);
            management
                    .router()
                    .put("/kill-points/:name")
                    .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
                    .handler(this::arm);
        }
    }

    private void list(RoutingContext request) {
        JsonObject points = new JsonObject();
        KillPoint.of(service).forEach(point -> points.put(point.label(), KillPoint.SWITCH.arrivals(point)));
        request.json(points);
    }

    private void arm(RoutingContext request) {
        String name = request.pathParam("name");
        Optional<KillPoint> point = KillPoint.of(service).stream()
                .filter(one -> one.label().equals(name))
                .findFirst();
        if (point.isEmpty()) {
            request.response().setStatusCode(404).end("{\"detail\":\"no such kill point in " + service + "\"}");
            return;
        }
        try {
            long arrival = request.body().asJsonObject().getLong("arrival", 1L);
            KillPoint.SWITCH.arm(point.get(), arrival);
            request.json(new JsonObject().put("armed", name).put("arrival", arrival));
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            request.response().setStatusCode(422).end("{\"detail\":\"arrival must be a whole number, 1 or more\"}");
        }
    }
}
