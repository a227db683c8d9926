package io.regulars.campaign.guardrail;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/// `PUT /sending {"stopped": true, "reason": "…"}` on the management port: the operator's kill switch for all
/// merchants.
@Singleton
class StopRoute {

    private static final long LONGEST_BODY = 2_000;
    private static final String OPERATOR = "operator";

    private final Stops stops;

    StopRoute(Stops stops) {
        this.stops = stops;
    }

    void register(@Observes ManagementInterface management) {
        management.router().get("/sending").blockingHandler(this::show);
        management
                .router()
                .put("/sending")
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
                .blockingHandler(this::turn);
    }

    private void show(RoutingContext request) {
        var answer = new JsonObject().put("stopped", false);
        stops.find(Stops.EVERYBODY)
                .ifPresent(stop -> answer.put("stopped", true)
                        .put("reason", stop.reason())
                        .put("since", stop.at().toString()));
        request.json(answer);
    }

    private void turn(RoutingContext request) {
        try {
            JsonObject body = request.body().asJsonObject();
            String reason = body.getString("reason");
            if (body.getBoolean("stopped")) {
                stops.stop(Stops.EVERYBODY, OPERATOR, reason == null ? "by the operator" : reason);
            } else {
                stops.resume(Stops.EVERYBODY, OPERATOR, reason);
            }
            show(request);
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            request.response()
                    .setStatusCode(422)
                    .end("{\"detail\":\"must be {\\\"stopped\\\": true or false, \\\"reason\\\": a text}\"}");
        }
    }
}
