package io.regulars.kit.problem;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;

/// 401 as a problem with a challenge. The library's own mappers were built for an older framework and fail at run time.
final class SecurityExceptionMappers {

    private SecurityExceptionMappers() {}

    @Provider
    @Priority(1)
    public static class NoToken implements ExceptionMapper<UnauthorizedException> {
        @Override
        public Response toResponse(UnauthorizedException e) {
            return challenge("a bearer token is needed", "Bearer");
        }
    }

    @Provider
    @Priority(1)
    public static class BadToken implements ExceptionMapper<AuthenticationFailedException> {
        @Override
        public Response toResponse(AuthenticationFailedException e) {
            return challenge("the token is expired, or not one of this system", "Bearer error=\"invalid_token\"");
        }
    }

    private static Response challenge(String detail, String header) {
        return Response.fromResponse(Problems.unauthorized(detail).toResponse())
                .header(HttpHeaders.WWW_AUTHENTICATE, header)
                .build();
    }
}
