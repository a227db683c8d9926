package io.regulars.campaign.message;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.guardrail.Budgets;
import io.regulars.campaign.guardrail.Purse;
import io.regulars.campaign.guardrail.Stops;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Stops, priorities and budgets for a batch that is about to be claimed. Most merchants have none of them,
/// which one look at three small tables tells.
@ApplicationScoped
class Restraints {

    /// What there is at all for the merchants of a batch.
    record Present(boolean stops, boolean priorities, boolean budgets) {}

    private static final String PRESENT = """
            select exists (select from sending_stop where merchant_id = 0 or merchant_id = any(:merchants)),
              exists (select from campaign
                where merchant_id = any(:merchants) and state = 'active' and (priority > 0 or expected_value > 0)),
              exists (select from budget where merchant_id = any(:merchants))
            """;

    private final Jdbi jdbi;
    private final Stops stops;
    private final Precedence precedence;
    private final Budgets budgets;

    Restraints(Jdbi jdbi, Stops stops, Precedence precedence, Budgets budgets) {
        this.jdbi = jdbi;
        this.stops = stops;
        this.precedence = precedence;
        this.budgets = budgets;
    }

    Present present(List<Claimed> due) {
        return jdbi.withHandle(handle -> handle.createQuery(PRESENT)
                .bindArray("merchants", Integer.class, List.copyOf(merchants(due)))
                .map((row, context) -> new Present(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3)))
                .one());
    }

    /// The merchants whose sending is stopped.
    Set<Integer> stopped(Present present, List<Claimed> due) {
        return present.stops() ? stops.stopped(merchants(due)) : Set.of();
    }

    /// To be called when the customers are locked: budgets come after them.
    Round.Limits limits(
            Present present,
            List<Claimed> due,
            Map<CustomerKey, Map<Channel, List<Instant>>> counted,
            Answers answers,
            Instant now) {
        Order order = present.priorities() ? precedence.among(due, now) : Order.NONE;
        Purse purse = present.budgets()
                ? budgets.lock(
                        merchants(due),
                        due.stream().map(Claimed::campaignId).collect(Collectors.toSet()),
                        merchant -> answers.shop(merchant).zone(),
                        now)
                : Purse.bottomless();
        return new Round.Limits(counted, order, purse);
    }

    /// What the round took.
    void keep(Round.Limits limits) {
        budgets.keep(limits.purse());
    }

    private static Set<Integer> merchants(Collection<Claimed> due) {
        return due.stream().map(one -> one.key().merchantId()).collect(Collectors.toSet());
    }
}
