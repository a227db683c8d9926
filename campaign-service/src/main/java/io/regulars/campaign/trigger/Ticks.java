package io.regulars.campaign.trigger;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.occasion.Timetable;

/// What a timetable has called between two instants, in all the zones it is read in, and when to look again.
final class Ticks {

    /// One time on the walls' clocks.
    ///
    /// @param calledAt the latest instant of it that was not too late; null where all were
    /// @param missed the zones in which it was too late
    /// @param first the earliest instant of it
    record Call(LocalDateTime local, Instant first, Instant calledAt, Set<String> missed) {}

    /// @param next when to look again; null where nothing comes any more
    record Look(Collection<Call> calls, Instant next) {}

    /// A zone that nobody was in is noted with its first customer; this is for whatever that missed.
    private static final Duration LOOK_FOR_ZONES = Duration.ofHours(6);

    /// Clocks are put forward and back by less.
    private static final Duration CLOCK_CHANGE = Duration.ofHours(3);

    /// Of what was missed for longer, for each zone, only so many are named.
    private static final int MOST_CALLS = 400;

    private Ticks() {}

    /// @param from everything up to then is done with
    static Look look(Timetable timetable, Set<ZoneId> zones, Instant from, Instant now, Duration lateLimit) {
        return look(
                timetable, zones.stream().collect(Collectors.toMap(Function.identity(), _ -> from)), now, lateLimit);
    }

    /// @param zones each with the instant up to which everything is done with there
    static Look look(Timetable timetable, Map<ZoneId, Instant> zones, Instant now, Duration lateLimit) {
        Map<LocalDateTime, Call> calls = new TreeMap<>();
        Instant next = null;
        for (ZoneId zone : zones.keySet()) {
            Instant from = zones.get(zone);
            LocalDateTime moment = LocalDateTime.ofInstant(from.minus(CLOCK_CHANGE), zone);
            Optional<LocalDateTime> at = timetable.after(moment);
            for (int i = 0; at.isPresent() && !instant(at.get(), zone).isAfter(now) && i < MOST_CALLS; i++) {
                Instant called = instant(at.get(), zone);
                if (called.isAfter(from)) {
                    boolean late = called.plus(lateLimit).isBefore(now);
                    calls.merge(at.get(), call(at.get(), zone, called, late), Ticks::both);
                }
                at = timetable.after(at.get());
            }
            if (at.isPresent()) {
                Instant then = instant(at.get(), zone);
                next = next == null || then.isBefore(next) ? then : next;
            }
        }
        Instant soon = now.plus(LOOK_FOR_ZONES);
        return new Look(calls.values(), next == null || next.isBefore(soon) ? next : soon);
    }

    /// A time that a clock leaves out is the one it shows instead; of one that it shows twice the first.
    static Instant instant(LocalDateTime local, ZoneId zone) {
        return local.atZone(zone).toInstant();
    }

    /// The zone the customer lives in; the shop's where it is not known.
    static ZoneId zone(Customer customer, Shop shop) {
        return zone(customer.timeZone()).orElse(shop.zone());
    }

    static Optional<ZoneId> zone(String name) {
        try {
            return Optional.ofNullable(name).map(ZoneId::of);
        } catch (DateTimeException unknownZone) {
            return Optional.empty();
        }
    }

    private static Call call(LocalDateTime local, ZoneId zone, Instant at, boolean late) {
        return new Call(local, at, late ? null : at, late ? Set.of(zone.getId()) : Set.of());
    }

    private static Call both(Call one, Call other) {
        Set<String> missed = new TreeSet<>(one.missed());
        missed.addAll(other.missed());
        return new Call(
                one.local(),
                one.first().isBefore(other.first()) ? one.first() : other.first(),
                later(one.calledAt(), other.calledAt()),
                missed);
    }

    private static Instant later(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
