package io.regulars.campaign.audience;

import java.util.Collection;

import org.jdbi.v3.core.statement.SqlStatement;

/// A customer among all merchants'.
public record CustomerKey(int merchantId, long customerId) {

    /// Binds them as the arrays `:merchants` and `:customers`, which a statement unnests side by side.
    public static <S extends SqlStatement<S>> S bind(S statement, Collection<CustomerKey> keys) {
        return statement
                .bindArray(
                        "merchants",
                        Integer.class,
                        keys.stream().map(CustomerKey::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        keys.stream().map(CustomerKey::customerId).toList());
    }
}
