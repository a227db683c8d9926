package io.regulars.campaign.rehearsal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.regulars.campaign.guardrail.Guard;
import io.regulars.campaign.message.DryRun.Letter;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.rehearsal.Findings.Exclusion;
import io.regulars.campaign.rehearsal.Findings.StepLine;
import io.regulars.campaign.rehearsal.Findings.Stopped;
import io.regulars.events.Channel;

/// Counts what becomes of customers and messages. Of people it remembers those who have messages to come.
final class Tally {

    /// A customer of whom not everything is known yet.
    private static final class Person {
        private boolean reached;
        private String reason;
        private int open;
    }

    /// What became of the messages of one step.
    private static final class Line {
        private final Channel channel;
        private long planned;
        private long goes;
        private long late;
        private long waiting;
        private final Map<Guard, Long> held = new HashMap<>();
        private final Map<Guard, Long> stopped = new HashMap<>();

        private Line(Channel channel) {
            this.channel = channel;
        }
    }

    private final ZoneId zone;
    private final Map<Long, Person> people = new HashMap<>();
    private final Map<Guard, Long> excluded = new HashMap<>();
    private final Map<Integer, Line> lines = new TreeMap<>();
    private final Map<Instant, Map<Channel, Long>> hours = new TreeMap<>();
    private final Map<LocalDate, Long> stoppedByDay = new TreeMap<>();
    private final Map<Channel, Long> parts = new EnumMap<>(Channel.class);
    private final Map<Long, Set<String>> heldBy = new HashMap<>();
    private long customers;
    private long reachable;

    Tally(ZoneId zone) {
        this.zone = zone;
    }

    void met(long customer) {
        people.computeIfAbsent(customer, _ -> {
            customers++;
            return new Person();
        });
    }

    /// Refused at the door, held out, or gone on the way.
    void left(long customer, String reason) {
        blame(people.get(customer), reason);
    }

    void planned(Letter letter) {
        lines.computeIfAbsent(letter.step(), _ -> new Line(letter.channel())).planned++;
        person(letter).open++;
    }

    void goes(Letter letter, Instant at, int paid) {
        Line line = lines.get(letter.step());
        line.goes++;
        line.late += heldBy.remove(letter.id()) == null ? 0 : 1;
        hours.computeIfAbsent(at.truncatedTo(ChronoUnit.HOURS), _ -> new EnumMap<>(Channel.class))
                .merge(letter.channel(), 1L, Long::sum);
        parts.merge(letter.channel(), (long) paid, Long::sum);
        Person person = person(letter);
        person.open--;
        person.reached = true;
    }

    void held(Letter letter, String reason) {
        Guard by = Guard.of(reason);
        if (heldBy.computeIfAbsent(letter.id(), _ -> new HashSet<>()).add(by.name())) {
            lines.get(letter.step()).held.merge(by, 1L, Long::sum);
        }
        blame(person(letter), reason);
    }

    void stopped(Letter letter, Instant at, String reason) {
        lines.get(letter.step()).stopped.merge(Guard.of(reason), 1L, Long::sum);
        stoppedByDay.merge(LocalDate.ofInstant(at, zone), 1L, Long::sum);
        heldBy.remove(letter.id());
        Person person = person(letter);
        person.open--;
        blame(person, reason);
    }

    /// Held still when the rehearsal ended.
    void waiting(Letter letter, String reason) {
        lines.get(letter.step()).waiting++;
        Person person = person(letter);
        person.open--;
        blame(person, reason);
    }

    /// Those who have nothing to come are counted and forgotten.
    ///
    /// @return whether that is so
    boolean settle(long customer) {
        Person person = people.get(customer);
        if (person == null || person.open > 0) {
            return person == null;
        }
        people.remove(customer);
        if (person.reached) {
            reachable++;
        } else {
            excluded.merge(
                    Guard.of(person.reason == null ? "the journey sends nothing" : person.reason), 1L, Long::sum);
        }
        return true;
    }

    void settleAll() {
        List.copyOf(people.keySet()).forEach(this::settle);
    }

    long customers() {
        return customers;
    }

    long reachable() {
        return reachable;
    }

    Map<Instant, Map<Channel, Long>> hours() {
        return hours;
    }

    Map<LocalDate, Long> stoppedByDay() {
        return stoppedByDay;
    }

    long parts(Channel channel) {
        return parts.getOrDefault(channel, 0L);
    }

    long going(Channel channel) {
        return hours.values().stream()
                .mapToLong(byChannel -> byChannel.getOrDefault(channel, 0L))
                .sum();
    }

    /// The most frequent first.
    List<Exclusion> excluded() {
        return excluded.entrySet().stream()
                .sorted(Map.Entry.<Guard, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().reason()))
                .map(entry ->
                        new Exclusion(entry.getKey().name(), entry.getKey().reason(), entry.getValue()))
                .toList();
    }

    List<StepLine> steps() {
        return lines.entrySet().stream()
                .map(entry -> new StepLine(
                        entry.getKey(),
                        ChannelNames.of(entry.getValue().channel),
                        entry.getValue().planned,
                        entry.getValue().goes,
                        entry.getValue().late,
                        entry.getValue().waiting,
                        list(entry.getValue().held),
                        list(entry.getValue().stopped)))
                .toList();
    }

    private Person person(Letter letter) {
        return people.get(letter.customer().customerId());
    }

    private static void blame(Person person, String reason) {
        if (person.reason == null) {
            person.reason = reason;
        }
    }

    private static List<Stopped> list(Map<Guard, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Guard, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().reason()))
                .map(entry -> new Stopped(entry.getKey().name(), entry.getKey().reason(), entry.getValue()))
                .toList();
    }
}
