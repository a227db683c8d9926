package io.regulars.customer.access;

import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;

@Path("/.well-known")
@Tag(name = "access")
@PermitAll
class DiscoveryResource {

    private final SigningKeys keys;
    private final String issuer;

    DiscoveryResource(SigningKeys keys, @ConfigProperty(name = "regulars.issuer") String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    record KeySet(List<Map<String, Object>> keys) {}

    record Discovery(
            String issuer,
            @JsonProperty("jwks_uri") String jwksUri,
            @JsonProperty("token_endpoint") String tokenEndpoint,
            @JsonProperty("grant_types_supported") List<String> grantTypes,
            @JsonProperty("response_types_supported") List<String> responseTypes,
            @JsonProperty("subject_types_supported") List<String> subjectTypes,

            @JsonProperty("id_token_signing_alg_values_supported")
            List<String> algorithms,

            @JsonProperty("token_endpoint_auth_methods_supported")
            List<String> clientMethods) {}

    @GET
    @Path("/jwks.json")
    @Operation(summary = "The keys that verify tokens")
    public KeySet keys() {
        var key = keys.current();
        var jwk = new RsaJsonWebKey((RSAPublicKey) key.publicKey());
        jwk.setKeyId(key.id());
        jwk.setUse("sig");
        jwk.setAlgorithm("RS256");
        return new KeySet(List.of(jwk.toParams(OutputControlLevel.PUBLIC_ONLY)));
    }

    @GET
    @Path("/openid-configuration")
    @Operation(summary = "OpenID discovery")
    public Discovery discovery() {
        return new Discovery(
                issuer,
                issuer + "/.well-known/jwks.json",
                issuer + "/oauth/token",
                List.of("client_credentials", "password"),
                List.of("token"),
                List.of("public"),
                List.of("RS256"),
                List.of("client_secret_basic", "client_secret_post"));
    }
}
