package io.regulars.customer.order;

/// Which of two states of an order stands, whatever order they came in.
final class Precedence {

    private Precedence() {}

    /// Whether what is said now replaces what stands: where both are dated, the later; at the same date or
    /// without one, the state further on in the life cycle; in the same state, what is said last (a
    /// correction).
    static boolean replaces(OrderContent said, CustomerOrder standing) {
        if (said.updatedAt() != null
                && standing.updatedAt() != null
                && !said.updatedAt().equals(standing.updatedAt())) {
            return said.updatedAt().isAfter(standing.updatedAt());
        }
        return said.status().compareTo(standing.declaredStatus()) >= 0;
    }
}
