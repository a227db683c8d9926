package io.regulars.customer.access;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Signs tokens.
@Singleton
class Tokens {

    private final SigningKeys keys;
    private final TokenConfig config;
    private final String issuer;

    Tokens(SigningKeys keys, TokenConfig config, @ConfigProperty(name = "regulars.issuer") String issuer) {
        this.keys = keys;
        this.config = config;
        this.issuer = issuer;
    }

    /// The bearer of a token.
    ///
    /// @param merchant absent for the operator
    record Bearer(String subject, OptionalInt merchant, List<String> roles) {}

    /// What RFC 6749 calls the access token response.
    record Token(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {}

    /// Times in it are the system clock's: those who verify a token know no shifted one.
    Token issue(Bearer bearer) {
        var key = keys.current();
        var claims = Jwt.issuer(issuer)
                .subject(bearer.subject())
                .groups(Set.copyOf(bearer.roles()))
                .claim("jti", UUID.randomUUID().toString())
                .expiresIn(config.lifetime());
        bearer.merchant().ifPresent(merchant -> claims.claim("merchant", merchant));
        String token =
                claims.jws().algorithm(SignatureAlgorithm.RS256).keyId(key.id()).sign(key.privateKey());
        return new Token(token, "Bearer", config.lifetime().toSeconds());
    }
}
