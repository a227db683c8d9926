package io.regulars.customer.access;

import java.time.Clock;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.kit.problem.Problems;

@ApplicationScoped
class Clients {

    private final Clock clock;

    Clients(Clock clock) {
        this.clock = clock;
    }

    /// A client with its secret, which is known in this moment only.
    record WithSecret(ApiClient client, String secret) {}

    @Transactional
    WithSecret add(int merchant, String name, List<String> roles) {
        String secret = Secrets.next();
        var client = new ApiClient();
        client.merchantId = merchant;
        client.clientId = Secrets.nextClientId();
        client.name = name;
        client.roles = List.copyOf(roles);
        client.secretHash = Secrets.hash(secret);
        client.createdAt = clock.instant();
        client.persist();
        return new WithSecret(client, secret);
    }

    @Transactional
    WithSecret renew(int merchant, String clientId) {
        ApiClient client = find(merchant, clientId);
        String secret = Secrets.next();
        client.secretHash = Secrets.hash(secret);
        return new WithSecret(client, secret);
    }

    @Transactional
    void revoke(int merchant, String clientId) {
        find(merchant, clientId).revoked = true;
    }

    @Transactional
    ApiClient find(int merchant, String clientId) {
        return ApiClient.ofMerchant(merchant, clientId).orElseThrow(() -> Problems.notFound("client", clientId));
    }

    @Transactional
    List<ApiClient> page(int merchant, long after, int limit) {
        return ApiClient.page(merchant, after, limit);
    }
}
