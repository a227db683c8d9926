package io.regulars.kit.merchant;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RememberedTokensTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Instant now = START;
    private final Map<String, Integer> checks = new HashMap<>();
    private final RememberedTokens tokens = new RememberedTokens(new Checking(), () -> now);

    /// Takes `NAME SECONDS`, good for so many seconds from the start.
    private final class Checking implements HttpAuthenticationMechanism {
        @Override
        public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
            String header = request.request().headers().get(HttpHeaderNames.AUTHORIZATION);
            if (header == null) {
                return Uni.createFrom().nullItem();
            }
            checks.merge(header, 1, Integer::sum);
            String[] words = header.split(" ");
            Instant expiry = START.plusSeconds(Long.parseLong(words[1]));
            if (!now.isBefore(expiry)) {
                return Uni.createFrom().failure(new AuthenticationFailedException());
            }
            return Uni.createFrom()
                    .item(QuarkusSecurityIdentity.builder()
                            .setPrincipal(new Token(words[0], expiry.getEpochSecond()))
                            .addRole("owner of " + words[0])
                            .addAttribute("request", request)
                            .build());
        }

        @Override
        public Uni<ChallengeData> getChallenge(RoutingContext request) {
            return Uni.createFrom().nullItem();
        }
    }

    private record Token(String name, long expiry) implements JsonWebToken {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public Set<String> getClaimNames() {
            return Set.of("exp");
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String claim) {
            return claim.equals("exp") ? (T) Long.valueOf(expiry) : null;
        }
    }

    @Test
    void checksATokenOnceAMinute() {
        assertThat(identity("a 900").getPrincipal().getName()).isEqualTo("a");
        assertThat(identity("a 900").getRoles()).containsExactly("owner of a");
        assertThat(checks).containsExactly(Map.entry("a 900", 1));

        now = START.plus(Duration.ofSeconds(61));
        assertThat(identity("a 900").getPrincipal().getName()).isEqualTo("a");
        assertThat(checks).containsExactly(Map.entry("a 900", 2));
    }

    @Test
    void keepsTokensApart() {
        identity("a 900");
        assertThat(identity("b 900").getPrincipal().getName()).isEqualTo("b");
        assertThat(identity("a 900").getPrincipal().getName()).isEqualTo("a");
        assertThat(identity("b 900").getRoles()).containsExactly("owner of b");
        assertThat(checks).containsOnly(Map.entry("a 900", 1), Map.entry("b 900", 1));
    }

    @Test
    void believesNoTokenBeyondItsExpiry() {
        identity("a 10");

        now = START.plusSeconds(10);
        assertThatThrownBy(() -> identity("a 10")).isInstanceOf(AuthenticationFailedException.class);
        assertThatThrownBy(() -> identity("a 10")).isInstanceOf(AuthenticationFailedException.class);
        assertThat(checks).containsExactly(Map.entry("a 10", 3));
    }

    @Test
    void keepsNothingOfTheRequest() {
        identity("a 900");
        assertThat(identity("a 900").getAttributes()).isEmpty();
    }

    @Test
    void leavesWhoBringsNoTokenToTheCheck() {
        assertThat(identity(null)).isNull();
        assertThat(checks).isEmpty();
    }

    private SecurityIdentity identity(String header) {
        return tokens.authenticate(request(header), null).await().atMost(Duration.ofSeconds(10));
    }

    private static RoutingContext request(String header) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        if (header != null) {
            headers.add(HttpHeaderNames.AUTHORIZATION, header);
        }
        var request = only(HttpServerRequest.class, "headers", headers);
        return only(RoutingContext.class, "request", request);
    }

    /// One of these that knows one answer.
    private static <T> T only(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, called, _) -> {
            if (called.getName().equals(method)) {
                return answer;
            }
            throw new UnsupportedOperationException(called.getName());
        }));
    }
}
