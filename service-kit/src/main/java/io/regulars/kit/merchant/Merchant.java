package io.regulars.kit.merchant;

import java.util.OptionalInt;
import java.util.Set;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The merchant whose token the request bears. Every query of a request carries `id()`.
@RequestScoped
public class Merchant {

    private final SecurityIdentity identity;

    @Inject
    Merchant(SecurityIdentity identity) {
        this.identity = identity;
    }

    /// @throws ForbiddenException where the token names no merchant
    public int id() {
        return find().orElseThrow(() -> new ForbiddenException("this token belongs to no merchant"));
    }

    public OptionalInt find() {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return OptionalInt.empty();
        }
        return switch (token.<Object>getClaim("merchant")) {
            case JsonNumber number -> OptionalInt.of(number.intValueExact());
            case Number number -> OptionalInt.of(number.intValue());
            case null, default -> OptionalInt.empty();
        };
    }

    /// The user or client behind the request.
    public String actor() {
        return identity.getPrincipal() instanceof JsonWebToken token ? token.getSubject() : "anonymous";
    }

    public Set<String> roles() {
        return identity.getRoles();
    }

    public boolean has(String role) {
        return identity.hasRole(role);
    }
}
