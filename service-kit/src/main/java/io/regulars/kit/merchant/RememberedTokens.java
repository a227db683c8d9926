package io.regulars.kit.merchant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Checks the signature of a token the first time, and believes the same token for a minute, never beyond its expiry:
/// the check costs a fifth of a small request. A key that is withdrawn is therefore trusted for a minute more. What is
/// refused is checked each time.
@Alternative
@Priority(1)
@Singleton
class RememberedTokens implements HttpAuthenticationMechanism {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST = 2_000;

    private record Remembered(SecurityIdentity identity, Instant until) {}

    private final HttpAuthenticationMechanism check;
    private final InstantSource time;
    private final Cache<String, Remembered> tokens =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    /// By the system's clock, as the check itself: a clock that is shifted for a rehearsal expires no token.
    @Inject
    RememberedTokens(OidcAuthenticationMechanism check) {
        this(check, InstantSource.system());
    }

    RememberedTokens(HttpAuthenticationMechanism check, InstantSource time) {
        this.check = check;
        this.time = time;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        String header = request.request().headers().get(HttpHeaderNames.AUTHORIZATION);
        if (header == null) {
            return check.authenticate(request, providers);
        }
        Remembered remembered = tokens.getIfPresent(header);
        if (remembered != null && time.instant().isBefore(remembered.until())) {
            return Uni.createFrom().item(remembered.identity());
        }
        return check.authenticate(request, providers).invoke(identity -> remember(header, identity));
    }

    private void remember(String header, SecurityIdentity identity) {
        if (identity != null && identity.getPrincipal() instanceof JsonWebToken token) {
            Instant now = time.instant();
            Instant expiry = Instant.ofEpochSecond(token.getExpirationTime());
            Instant until = now.plus(LONGEST);
            tokens.put(header, new Remembered(withoutRequest(identity), expiry.isBefore(until) ? expiry : until));
        }
    }

    /// The identity as it is made holds on to the request that it was made for.
    private static SecurityIdentity withoutRequest(SecurityIdentity identity) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return check.getChallenge(request);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return check.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
        return check.getCredentialTransport(request);
    }

    @Override
    public int getPriority() {
        return check.getPriority();
    }
}
