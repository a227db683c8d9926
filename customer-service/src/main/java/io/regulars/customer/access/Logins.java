package io.regulars.customer.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Tells who comes with a password or a secret.
@ApplicationScoped
class Logins {

    private static final String OPERATOR_CLIENT = "operator";

    /// Hashing a password is slow on purpose: more at once would take the machine from those who are logged in.
    private final Semaphore hashing = new Semaphore(2);

    private final FailedLogins failures;
    private final Optional<String> operatorSecret;

    Logins(FailedLogins failures, @ConfigProperty(name = "regulars.operator-secret") Optional<String> operatorSecret) {
        this.failures = failures;
        this.operatorSecret = operatorSecret.filter(secret -> !secret.isBlank());
    }

    sealed interface Login {
        record Accepted(Tokens.Bearer bearer) implements Login {}

        record Refused() implements Login {}

        record MustWait(Duration time) implements Login {}
    }

    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    Login user(String email, String password) {
        Optional<Duration> wait = failures.attempt("user " + email);
        if (wait.isPresent()) {
            return new Login.MustWait(wait.get());
        }
        Optional<UserAccount> user = QuarkusTransaction.requiringNew().call(() -> UserAccount.withEmail(email));
        String hash = user.map(found -> found.passwordHash).orElse(null);
        if (!matches(password, hash) || user.orElseThrow().disabled) {
            return new Login.Refused();
        }
        failures.forgive("user " + email);
        UserAccount found = user.get();
        return new Login.Accepted(
                new Tokens.Bearer(PublicId.format("usr", found.userId), OptionalInt.of(found.merchantId), found.roles));
    }

    /// A client's secret has 256 random bits, so its failures need no counting; the operator's is chosen by
    /// people.
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    Login client(String clientId, String secret) {
        if (clientId.equals(OPERATOR_CLIENT)) {
            return operator(secret);
        }
        byte[] hash = Secrets.hash(secret);
        return QuarkusTransaction.requiringNew()
                .call(() -> ApiClient.withClientId(clientId)
                        .filter(client -> Secrets.same(client.secretHash, hash))
                        .<Login>map(client -> new Login.Accepted(
                                new Tokens.Bearer(client.clientId, OptionalInt.of(client.merchantId), client.roles)))
                        .orElseGet(Login.Refused::new));
    }

    private Login operator(String secret) {
        Optional<Duration> wait = failures.attempt(OPERATOR_CLIENT);
        if (wait.isPresent()) {
            return new Login.MustWait(wait.get());
        }
        if (operatorSecret.isEmpty() || !Secrets.same(Secrets.hash(operatorSecret.get()), Secrets.hash(secret))) {
            return new Login.Refused();
        }
        failures.forgive(OPERATOR_CLIENT);
        return new Login.Accepted(new Tokens.Bearer(OPERATOR_CLIENT, OptionalInt.empty(), List.of(Roles.OPERATOR)));
    }

    private boolean matches(String password, String hash) {
        hashing.acquireUninterruptibly();
        try {
            return Secrets.matches(password, hash);
        } finally {
            hashing.release();
        }
    }
}
