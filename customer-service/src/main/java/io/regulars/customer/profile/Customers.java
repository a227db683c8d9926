package io.regulars.customer.profile;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.customer.consent.Consents;
import io.regulars.customer.input.Written;
import io.regulars.kit.id.Ref;
import io.regulars.kit.outbox.Outbox;
import io.regulars.kit.paging.Page;

/// The customers of a merchant: written many at a time, found by our id or by the merchant's own.
@ApplicationScoped
public class Customers {

    private final CustomerTable table;
    private final Clock clock;
    private final Outbox outbox;

    Customers(CustomerTable table, Clock clock, Outbox outbox) {
        this.table = table;
        this.clock = clock;
        this.outbox = outbox;
    }

    /// What the merchant says of its customers: replaces what it names.
    @Transactional
    public List<Written<Customer>> say(int merchant, List<Profile> profiles) {
        return write(merchant, profiles, Merging.SAID);
    }

    /// What an order export tells of them: makes those that are unknown, and fills gaps.
    @Transactional
    public List<Written<Customer>> fill(int merchant, List<Profile> profiles) {
        return write(merchant, profiles, Merging.FILLED);
    }

    private List<Written<Customer>> write(int merchant, List<Profile> profiles, Merging merging) {
        var batch = new CustomerBatch(
                merchant, clock.instant().truncatedTo(ChronoUnit.MICROS), merging, UnsubscribeTokens::next);
        var externalIds = profiles.stream().map(Profile::externalId).collect(Collectors.toSet());
        table.lock(merchant, externalIds).forEach(batch::standing);
        batch.freshIds(table.nextIds(batch.missing(externalIds)));
        profiles.forEach(batch::apply);

        Set<String> lost = insert(batch);
        if (!batch.updated().isEmpty()) {
            table.update(merchant, batch.updated());
        }
        table.logConsents(merchant, batch.consentEntries(lost));
        outbox.publishAll(batch.changed(lost).stream().map(Customer::event).toList());
        return lost.isEmpty() ? batch.results() : again(merchant, profiles, merging, batch, lost);
    }

    /// The external ids that somebody else made in this moment.
    private Set<String> insert(CustomerBatch batch) {
        List<Customer> fresh = batch.inserted();
        if (fresh.isEmpty()) {
            return Set.of();
        }
        var made = new HashSet<>(table.insert(fresh));
        return fresh.stream()
                .filter(customer -> !made.contains(customer.customerId()))
                .map(Customer::externalId)
                .collect(Collectors.toSet());
    }

    private List<Written<Customer>> again(
            int merchant, List<Profile> profiles, Merging merging, CustomerBatch batch, Set<String> lost) {
        var lostProfiles = profiles.stream()
                .filter(profile -> lost.contains(profile.externalId()))
                .toList();
        var second = write(merchant, lostProfiles, merging).iterator();
        var first = batch.results().iterator();
        return profiles.stream()
                .map(profile -> {
                    Written<Customer> result = first.next();
                    return lost.contains(profile.externalId()) ? second.next() : result;
                })
                .toList();
    }

    /// What a customer said about messages, by whatever way it reached us.
    @Transactional
    public Customer consent(int merchant, long customerId, List<Consents.Answer> answers) {
        Customer standing = table.lock(merchant, customerId).orElseThrow();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var decision = Consents.said(standing.consents(), answers);
        if (decision.changes().isEmpty()) {
            return standing;
        }
        Customer changed = standing.withConsents(decision.standing()).changed(standing.version() + 1, now);
        table.update(merchant, List.of(changed));
        table.logConsents(
                merchant,
                decision.changes().stream()
                        .map(answer -> ConsentEntry.of(customerId, answer, now))
                        .toList());
        outbox.publish(changed.event());
        return changed;
    }

    @Transactional
    public Optional<Customer> find(int merchant, Ref ref) {
        return switch (ref) {
            case Ref.Id(long id) -> table.find(merchant, id);
            case Ref.External(String externalId) -> table.find(merchant, externalId);
        };
    }

    @Transactional
    public Optional<Customer> findByUnsubscribeToken(String token) {
        return table.findByToken(token);
    }

    @Transactional
    public Map<String, Long> idsOf(int merchant, Collection<String> externalIds) {
        return externalIds.isEmpty() ? Map.of() : table.ids(merchant, externalIds);
    }

    /// Which of these ids are this merchant's.
    @Transactional
    public Set<Long> known(int merchant, Collection<Long> ids) {
        return ids.isEmpty() ? Set.of() : Set.copyOf(table.known(merchant, ids));
    }

    @Transactional
    public Page<Customer> list(int merchant, long after, int limit) {
        return Page.of(table.list(merchant, after, limit + 1), limit, customer -> new Object[] {customer.customerId()});
    }
}
