package io.regulars.kit.idempotency;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;

/// On a resource class or method: a POST that bears an `Idempotency-Key` is done once. Its transaction holds the key's
/// row, the effect and the answer. For 24 h the same key and body get that answer again, with `Idempotent-Replayed:
/// true`; the same key with another body or operation gets 422. A request that failed may be tried again.
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Idempotent {

    /// Where a password comes in or a secret goes out: nothing of it can then be read from the row (see `Seal`), and
    /// answers given again are not to be cached.
    @Nonbinding
    boolean sealed() default false;
}
