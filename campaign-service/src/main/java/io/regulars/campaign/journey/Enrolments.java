package io.regulars.campaign.journey;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.SizeBreaker;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.kit.fault.KillPoint;

/// Enrols customers: once for each cause, however often it is told.
@ApplicationScoped
public class Enrolments {

    /// A customer to enrol.
    public record Entry(Plan campaign, long customerId, Cause cause) {

        private CustomerKey customer() {
            return new CustomerKey(campaign.merchantId(), customerId);
        }

        private EnrolmentRows.Enrolled enrolled() {
            return new EnrolmentRows.Enrolled(
                    campaign.merchantId(), campaign.campaignId(), customerId, cause.occurrence());
        }
    }

    /// What became of customers who were not enrolled before.
    ///
    /// @param enrolled those who entered, or whose turn to enter comes
    /// @param refused those whom the door kept out at once
    public record Entered(int enrolled, int refused) {}

    private final EnrolmentRows rows;
    private final Clock clock;
    private final AfterCommit afterCommit;
    private final Journeys journeys;
    private final Reentries reentries;
    private final SizeBreaker breaker;
    private final Turns turns;

    Enrolments(
            EnrolmentRows rows,
            Clock clock,
            AfterCommit afterCommit,
            Journeys journeys,
            Reentries reentries,
            SizeBreaker breaker,
            Turns turns) {
        this.rows = rows;
        this.clock = clock;
        this.afterCommit = afterCommit;
        this.journeys = journeys;
        this.reentries = reentries;
        this.breaker = breaker;
        this.turns = turns;
    }

    /// In the caller's transaction.
    ///
    /// @return how many were not enrolled before, those who were refused among them
    @Transactional(Transactional.TxType.MANDATORY)
    public int enrol(List<Entry> entries) {
        Entered entered = enter(entries);
        return entered.enrolled() + entered.refused();
    }

    private Entered enter(List<Entry> entries) {
        if (entries.isEmpty()) {
            return new Entered(0, 0);
        }
        turns.take(entries.stream()
                .filter(entry -> entry.campaign().waitsForNews())
                .map(Entry::customer)
                .toList());
        List<Enrolment> entering = entering(entries);
        Set<Long> inserted = insert(entries, entering);
        breaker.enrolled(byTriggers(entries, entering, inserted));
        Instant now = clock.instant();
        if (entering.stream().anyMatch(one -> one.open() && !one.dueAt.isAfter(now))) {
            afterCommit.run(journeys::wake);
        }
        KillPoint.ENROLMENT_IN_TRANSACTION.reach();
        return counted(entering, inserted);
    }

    /// Who can go a part of the way at once does so here: a message is planned a transaction earlier.
    private Set<Long> insert(List<Entry> entries, List<Enrolment> entering) {
        Instant now = clock.instant();
        List<Enrolment> going = new ArrayList<>();
        List<Enrolment> waiting = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Enrolment one = entering.get(i);
            boolean atOnce = one.open() && entries.get(i).campaign().leadsAtOnce() && !one.dueAt.isAfter(now);
            (atOnce ? going : waiting).add(one);
        }
        Set<Long> inserted = new HashSet<>();
        if (!waiting.isEmpty()) {
            inserted.addAll(rows.insert(waiting));
        }
        if (!going.isEmpty()) {
            inserted.addAll(journeys.lead(going));
        }
        return inserted;
    }

    /// The same where a campaign reaches many who are known: each goes as far as it can go in the same
    /// transaction, so that nobody is written twice.
    ///
    /// @param known the customers of the entries
    @Transactional(Transactional.TxType.MANDATORY)
    public Entered enrolAndLead(List<Entry> entries, Collection<Customer> known) {
        if (entries.isEmpty()
                || !entries.stream().allMatch(entry -> entry.campaign().leadsAtOnce())) {
            return enter(entries);
        }
        List<Enrolment> entering = entering(entries);
        Set<Long> inserted = journeys.lead(entering, known);
        afterCommit.run(journeys::wake);
        KillPoint.ENROLMENT_IN_TRANSACTION.reach();
        return counted(entering, inserted);
    }

    private static Entered counted(List<Enrolment> entering, Set<Long> inserted) {
        int refused = (int) entering.stream()
                .filter(one -> inserted.contains(one.key.id()) && one.refused())
                .count();
        return new Entered(inserted.size() - refused, refused);
    }

    /// Those that were not enrolled for their cause.
    public List<Entry> notYet(List<Entry> entries) {
        if (entries.isEmpty()) {
            return entries;
        }
        Set<EnrolmentRows.Enrolled> already =
                rows.enrolled(entries.stream().map(Entry::enrolled).toList());
        return entries.stream()
                .filter(entry -> !already.contains(entry.enrolled()))
                .toList();
    }

    private static Instant later(Instant now, Instant from) {
        return from == null || from.isBefore(now) ? now : from;
    }

    /// How many each campaign got, save broadcasts, whose size is known beforehand.
    private static Map<Plan, Long> byTriggers(List<Entry> entries, List<Enrolment> entering, Set<Long> inserted) {
        Map<Plan, Long> counts = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Plan plan = entries.get(i).campaign();
            if (!(plan.definition().trigger() instanceof Trigger.Broadcast)
                    && !entering.get(i).refused()
                    && inserted.contains(entering.get(i).key.id())) {
                counts.merge(plan, 1L, Long::sum);
            }
        }
        return counts;
    }

    private List<Enrolment> entering(List<Entry> entries) {
        Instant now = clock.instant();
        Iterator<Long> ids = rows.ids(entries.size()).iterator();
        List<Enrolment> entering =
                entries.stream().map(entry -> entering(entry, ids.next(), now)).toList();
        reentries.heed(
                entering,
                entries.stream()
                        .map(Entry::campaign)
                        .distinct()
                        .collect(Collectors.toMap(Plan::key, Function.identity(), (one, _) -> one)));
        return entering;
    }

    private static Enrolment entering(Entry entry, long id, Instant now) {
        var enrolment = new Enrolment(
                new Enrolment.Key(entry.campaign().merchantId(), entry.customerId(), id),
                entry.campaign().key(),
                entry.cause().occurrence(),
                "entering",
                0,
                later(now, entry.cause().from()),
                now,
                entry.cause().context());
        enrolment.listens = entry.campaign().listensFor();
        enrolment.causedAt = entry.cause().at();
        return enrolment;
    }
}
