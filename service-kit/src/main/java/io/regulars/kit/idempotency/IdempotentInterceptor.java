package io.regulars.kit.idempotency;

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
import io.regulars.kit.fault.KillPoint;
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
        int owner = merchant.find().orElse(0);
        boolean sealed = call.getInterceptorBinding(Idempotent.class).sealed();
        Keeping keeping = sealed ? Seal.of(owner, key) : new Keeping.Plain(key);
        try {
            KillPoint.REQUEST_BEFORE_TRANSACTION.reach();
            Object result =
                    QuarkusTransaction.joiningExisting().timeout(300).call(() -> inTransaction(call, owner, keeping));
            KillPoint.REQUEST_BEFORE_ANSWER.reach();
            return result;
        } catch (QuarkusTransactionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private Object inTransaction(InvocationContext call, int owner, Keeping keeping) throws Exception {
        String operation = "POST " + uri.getPath();
        byte[] hash = keeping.hash(RequestHash.of(call.getParameters(), json));
        keys.claim(owner, keeping.key(), operation, hash).ifPresent(kept -> {
            throw new ReplayedAnswer(kept, keeping.reveal(operation, kept.body()), keeping instanceof Seal);
        });
        Object result = call.proceed();
        Answer answer = answer(call, result);
        keys.answered(owner, keeping.key(), answer.withBody(keeping.hide(operation, answer.body())));
        KillPoint.REQUEST_IN_TRANSACTION.reach();
        return result;
    }

    private Answer answer(InvocationContext call, Object result) throws JsonProcessingException {
        if (result instanceof Response response) {
            String location = response.getHeaderString(HttpHeaders.LOCATION);
            return new Answer(response.getStatus(), location, body(response.getEntity()));
        }
        ResponseStatus status = call.getMethod().getAnnotation(ResponseStatus.class);
        int code = status != null ? status.value() : result == null ? 204 : 200;
        return new Answer(code, null, body(result));
    }

    private String body(Object entity) throws JsonProcessingException {
        return entity == null ? null : json.writeValueAsString(entity);
    }
}
