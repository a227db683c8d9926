package io.regulars.campaign.rehearsal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.regulars.campaign.trigger.Recollections.Gap;
import io.regulars.kit.money.Money;

/// What a rehearsal or a replay found.
///
/// @param basis whom today is about, in words; absent for a replay
/// @param from of a replay: the first instant, exclusive
/// @param until the present, or the instant up to which it was replayed
/// @param causes found; one customer can have several
/// @param customers who have a cause
/// @param reachable of these, by at least one message; nobody who cannot be written to is among them
/// @param reachableOnceReleased the same if nothing of `blocked` stood in the way
/// @param blocked what keeps the campaign as a whole from sending until somebody does something about it
/// @param excluded the others, each once, by the first reason that their messages would be told
/// @param hours in which messages go, in the order of time; `days` of a replay, else empty
/// @param notReplayed what nothing tells of the past; empty for today
/// @param assumptions what was taken for granted
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Findings(
        String basis,
        Instant from,
        Instant until,
        long causes,
        long customers,
        long reachable,
        long reachableOnceReleased,
        List<String> blocked,
        List<Exclusion> excluded,
        List<StepLine> steps,
        List<Hour> hours,
        List<Day> days,
        Cost cost,
        List<Gap> notReplayed,
        List<String> assumptions) {

    /// @param guardrail `consent`, `address`, `suppression`, `holdout`, `cap`, `quiet hours`, `budget`,
    ///     `too late`, `approval`, `breaker`, `cause`, `audience`, `template`, `coupon`, `re-entry` …
    public record Exclusion(String guardrail, String reason, long customers) {}

    public record Stopped(String guardrail, String reason, long messages) {}

    /// One step that sends.
    ///
    /// @param planned messages
    /// @param goes of these, `late` of them after having been held
    /// @param waiting those that were held still when the rehearsal ended
    /// @param held each message once for each guardrail that held it for a while
    /// @param stopped for good
    public record StepLine(
            int step,
            String channel,
            long planned,
            long goes,
            long late,
            long waiting,
            List<Stopped> held,
            List<Stopped> stopped) {}

    /// @param local the same on the shop's clock
    public record Hour(Instant from, LocalDateTime local, long sms, long email, long inbox) {}

    /// @param stopped messages that were stopped on that day for good
    public record Day(LocalDate day, long sms, long email, long inbox, long stopped) {}

    /// @param channels of the messages
    /// @param messages what they cost; SMS by their parts, as providers bill them
    /// @param coupons that are issued
    /// @param couponLiability what these are worth at most; absent where one of them does not say what it
    ///     is worth
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cost(List<ChannelCost> channels, Money messages, List<CouponCost> coupons, Money couponLiability) {}

    /// @param each the price of one message, or of one part of an SMS
    public record ChannelCost(String channel, long messages, long parts, Money each, Money cost) {}

    /// @param each absent where it depends on the order
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CouponCost(String couponId, long issued, Money each, Money atMost) {}
}
