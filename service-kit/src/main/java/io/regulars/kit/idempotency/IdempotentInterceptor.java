package io.regulars.kit.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.problem.Problems;
import org.jboss.resteasy.reactive.ResponseStatus;

@Idempotent
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class IdempotentInterceptor {

    static final String HEADER = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;

    private final IdempotencyKeys keys;
    private final Merchant merchant;
    private final ObjectMapper json;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    IdempotentInterceptor(IdempotencyKeys keys, Merchant merchant, ObjectMapper json) {
        this.keys = keys;
        this.merchant = merchant;
        this.json = json;
    }

    @AroundInvoke
    Object once(InvocationContext call) throws Exception {
        String key = call.getMethod().isAnnotationPresent(POST.class) ? headers.getHeaderString(HEADER) : null;
        if (key == null) {
            return call.proceed();
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw Problems.invalid(HEADER, "must be 1 to " + LONGEST_KEY + " characters");
        }
        try {
            return QuarkusTransaction.joiningExisting().timeout(300).call(() -> inTransaction(call, key));
        } catch (QuarkusTransactionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private Object inTransaction(InvocationContext call, String key) throws Exception {
        int owner = merchant.find().orElse(0);
        String operation = "POST " + uri.getPath();
        keys.claim(owner, key, operation, hash(call)).ifPresent(answered -> {
            throw answered;
        });
        Object result = call.proceed();
        keys.answered(owner, key, answer(call, result));
        return result;
    }

    private ReplayedAnswer answer(InvocationContext call, Object result) throws JsonProcessingException {
        if (result instanceof Response response) {
            String location = response.getHeaderString(HttpHeaders.LOCATION);
            return new ReplayedAnswer(response.getStatus(), location, body(response.getEntity()));
        }
        ResponseStatus status = call.getMethod().getAnnotation(ResponseStatus.class);
        int code = status != null ? status.value() : result == null ? 204 : 200;
        return new ReplayedAnswer(code, null, body(result));
    }

    private String body(Object entity) throws JsonProcessingException {
        return entity == null ? null : json.writeValueAsString(entity);
    }

    private byte[] hash(InvocationContext call) throws JsonProcessingException, NoSuchAlgorithmException {
        String parameters = json.writeValueAsString(Arrays.asList(call.getParameters()));
        return MessageDigest.getInstance("SHA-256").digest(parameters.getBytes(StandardCharsets.UTF_8));
    }
}
