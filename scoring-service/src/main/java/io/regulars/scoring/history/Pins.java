package io.regulars.scoring.history;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// The tiers given by hand.
@ApplicationScoped
public class Pins {

    private static final String FIND = """
            select %s from tier_pin p where merchant_id = :merchant and customer_id = :customer
            """.formatted(Pin.COLUMNS);

    private static final String SET = """
            insert into tier_pin (merchant_id, customer_id, tier, pinned_at, until, reason, pinned_by)
            values (:merchant, :customer, :tier, :at, :until, :reason, :by)
            on conflict (merchant_id, customer_id) do update set tier = excluded.tier, pinned_at = excluded.pinned_at,
              until = excluded.until, reason = excluded.reason, pinned_by = excluded.pinned_by
            """;

    private static final String REMOVE =
            "delete from tier_pin where merchant_id = :merchant and customer_id = :customer";

    private final Jdbi jdbi;

    Pins(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<Pin> of(int merchant, long customer) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .map((row, context) -> Pin.read(row))
                .findOne());
    }

    public void set(int merchant, long customer, Pin pin) {
        jdbi.useHandle(handle -> handle.createUpdate(SET)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("tier", pin.tier())
                .bind("at", pin.at())
                .bind("until", pin.until())
                .bind("reason", pin.reason())
                .bind("by", pin.by())
                .execute());
    }

    /// @return whether there was one
    public boolean remove(int merchant, long customer) {
        return jdbi.withHandle(handle -> handle.createUpdate(REMOVE)
                        .bind("merchant", merchant)
                        .bind("customer", customer)
                        .execute())
                > 0;
    }
}
