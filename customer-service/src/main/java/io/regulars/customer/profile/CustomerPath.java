package io.regulars.customer.profile;

import jakarta.inject.Singleton;

import io.regulars.kit.id.Ref;
import io.regulars.kit.problem.Problems;

/// The customer that a path or a parameter names, or 404.
@Singleton
public class CustomerPath {

    private final Customers customers;

    CustomerPath(Customers customers) {
        this.customers = customers;
    }

    /// @param named `cus_…` or `ext:` and the merchant's own id
    public Customer find(int merchant, String named) {
        return Ref.parse("cus", named)
                .flatMap(ref -> customers.find(merchant, ref))
                .orElseThrow(() -> Problems.notFound("customer", named));
    }

    /// The id to list by; null, for all, where none is named.
    public Long idOrAll(int merchant, String named) {
        return named == null ? null : find(merchant, named).customerId();
    }
}
