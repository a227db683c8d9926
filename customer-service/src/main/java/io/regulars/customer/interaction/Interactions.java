package io.regulars.customer.interaction;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.customer.input.Outcome;
import io.regulars.customer.input.Written;
import io.regulars.customer.profile.CustomerRefs;
import io.regulars.kit.id.Ref;
import io.regulars.kit.outbox.Outbox;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;

@ApplicationScoped
class Interactions {

    private final InteractionTable table;
    private final CustomerRefs refs;
    private final Clock clock;
    private final Outbox outbox;

    Interactions(InteractionTable table, CustomerRefs refs, Clock clock, Outbox outbox) {
        this.table = table;
        this.refs = refs;
        this.clock = clock;
        this.outbox = outbox;
    }

    /// Records the facts that are new. The same fact again changes nothing; another one under its id is refused.
    @Transactional
    List<Written<Interaction>> record(int merchant, List<InteractionInput.Draft> drafts, boolean backfill) {
        Function<Ref, Optional<Long>> ids = refs.resolve(
                merchant, drafts.stream().map(InteractionInput.Draft::customer).toList());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var serial = table.nextIds(drafts.size()).iterator();
        var said = new ArrayList<Optional<Interaction>>();
        for (var draft : drafts) {
            long id = serial.next();
            said.add(ids.apply(draft.customer()).map(customer -> draft.of(merchant, customer, id, backfill, now)));
        }
        var firstOfId = new LinkedHashMap<String, Interaction>();
        said.forEach(one -> one.ifPresent(fact -> firstOfId.putIfAbsent(fact.externalId(), fact)));
        if (firstOfId.isEmpty()) {
            return drafts.stream().map(draft -> unknown(draft)).toList();
        }
        var made = new HashSet<>(table.insert(List.copyOf(firstOfId.values())));
        Map<String, Interaction> standing = table.find(merchant, firstOfId.keySet()).stream()
                .collect(Collectors.toMap(Interaction::externalId, fact -> fact));
        outbox.publishAll(firstOfId.values().stream()
                .filter(fact -> made.contains(fact.interactionId()))
                .map(Interaction::event)
                .toList());
        var results = new ArrayList<Written<Interaction>>();
        for (int i = 0; i < drafts.size(); i++) {
            var draft = drafts.get(i);
            results.add(said.get(i)
                    .map(fact -> result(fact, standing.get(fact.externalId()), made.contains(fact.interactionId())))
                    .orElseGet(() -> unknown(draft)));
        }
        return results;
    }

    private static Written<Interaction> result(Interaction said, Interaction standing, boolean made) {
        if (made) {
            return Written.as(Outcome.CREATED, standing);
        }
        return said.tellsTheSameAs(standing)
                ? Written.as(Outcome.UNCHANGED, standing)
                : Written.rejected(Problems.conflict("interaction " + said.externalId()
                        + " is recorded with other content; a fact does not change"));
    }

    private static Written<Interaction> unknown(InteractionInput.Draft draft) {
        return Written.rejected(CustomerRefs.unknown(draft.customer()));
    }

    @Transactional
    Page<Interaction> ofCustomer(int merchant, long customer, long after, int limit) {
        return Page.of(table.ofCustomer(merchant, customer, after, limit + 1), limit, fact ->
                new Object[] {fact.interactionId()});
    }
}
