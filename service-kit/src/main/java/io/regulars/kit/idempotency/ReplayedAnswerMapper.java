package io.regulars.kit.idempotency;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

@Provider
public class ReplayedAnswerMapper implements ExceptionMapper<ReplayedAnswer> {

    @Override
    public Response toResponse(ReplayedAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status).header("Idempotent-Replayed", "true");
        if (answer.location != null) {
            response.header(HttpHeaders.LOCATION, answer.location);
        }
        if (answer.secret) {
            response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (answer.body != null) {
            response.entity(answer.body).type(MediaType.APPLICATION_JSON_TYPE);
        }
        return response.build();
    }
}
