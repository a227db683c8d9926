package io.regulars.campaign.rehearsal;

import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.campaign.Eligibility;
import io.regulars.campaign.journey.DryWalk;
import io.regulars.campaign.message.DryRun;
import io.regulars.campaign.occasion.Carts;

/// What a [Trial] works with.
@ApplicationScoped
class Tools {

    private final Customers customers;
    private final Eligibility eligibility;
    private final DryWalk walk;
    private final DryRun run;
    private final Carts carts;

    Tools(Customers customers, Eligibility eligibility, DryWalk walk, DryRun run, Carts carts) {
        this.customers = customers;
        this.eligibility = eligibility;
        this.walk = walk;
        this.run = run;
        this.carts = carts;
    }

    Customers customers() {
        return customers;
    }

    Eligibility eligibility() {
        return eligibility;
    }

    DryWalk walk() {
        return walk;
    }

    DryRun run() {
        return run;
    }

    Carts carts() {
        return carts;
    }

    /// One of its own for a piece of work, so that none lasts as long as the whole.
    <T> T transaction(Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(work::get);
    }
}
