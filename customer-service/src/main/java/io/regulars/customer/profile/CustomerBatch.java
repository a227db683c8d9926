package io.regulars.customer.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.regulars.customer.input.Outcome;
import io.regulars.customer.input.Written;

/// The customers of one write, in memory: what stood, what is said one after the other, what is to be written.
final class CustomerBatch {

    private final int merchant;
    private final Instant now;
    private final Merging merging;
    private final Supplier<String> tokens;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Result> results = new ArrayList<>();
    private Iterator<Long> freshIds;

    private static final class Entry {
        private final Customer before;
        private final List<ConsentEntry> consents = new ArrayList<>();
        private Customer after;

        Entry(Customer before, Customer after) {
            this.before = before;
            this.after = after;
        }

        boolean fresh() {
            return before == null;
        }

        boolean updated() {
            return before != null && before.version() != after.version();
        }
    }

    private record Result(Outcome outcome, Entry entry) {}

    CustomerBatch(int merchant, Instant now, Merging merging, Supplier<String> tokens) {
        this.merchant = merchant;
        this.now = now;
        this.merging = merging;
        this.tokens = tokens;
    }

    void standing(Customer customer) {
        entries.put(customer.externalId(), new Entry(customer, customer));
    }

    int missing(Set<String> externalIds) {
        return externalIds.size() - entries.size();
    }

    void freshIds(List<Long> ids) {
        freshIds = ids.iterator();
    }

    void apply(Profile profile) {
        Entry entry = entries.get(profile.externalId());
        boolean created = entry == null;
        if (created) {
            entry = new Entry(null, Customer.fresh(merchant, freshIds.next(), profile.externalId(), tokens.get(), now));
            entries.put(profile.externalId(), entry);
        }
        Customer standing = entry.after;
        var merged = merging.apply(standing, profile);
        boolean changed = !merged.customer().equals(standing);
        if (changed) {
            long version = entry.fresh() ? 1 : entry.before.version() + 1;
            entry.after = merged.customer().changed(version, now);
            for (var answer : merged.consentChanges()) {
                entry.consents.add(ConsentEntry.of(standing.customerId(), answer, now));
            }
        }
        results.add(new Result(created ? Outcome.CREATED : changed ? Outcome.UPDATED : Outcome.UNCHANGED, entry));
    }

    List<Customer> inserted() {
        return entries.values().stream()
                .filter(Entry::fresh)
                .map(entry -> entry.after)
                .toList();
    }

    List<Customer> updated() {
        return entries.values().stream()
                .filter(Entry::updated)
                .map(entry -> entry.after)
                .toList();
    }

    /// All that was written, without those that turned out to be somebody else's.
    List<Customer> changed(Set<String> lost) {
        return entries.values().stream()
                .filter(entry -> entry.fresh() || entry.updated())
                .map(entry -> entry.after)
                .filter(customer -> !lost.contains(customer.externalId()))
                .toList();
    }

    List<ConsentEntry> consentEntries(Set<String> lost) {
        return entries.values().stream()
                .filter(entry -> !lost.contains(entry.after.externalId()))
                .flatMap(entry -> entry.consents.stream())
                .toList();
    }

    List<Written<Customer>> results() {
        return results.stream()
                .map(result -> Written.as(result.outcome(), result.entry().after))
                .toList();
    }
}
