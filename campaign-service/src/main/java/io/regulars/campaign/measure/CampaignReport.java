package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.regulars.campaign.lift.Analysis;
import io.regulars.campaign.lift.Interval;
import io.regulars.kit.money.Money;

/// What a campaign brought, of the enrolments of a period.
///
/// @param window after a message, and after an enrolment, as an ISO 8601 duration
/// @param attributed orders shared among the messages before them, of all campaigns; parts of one where more
///     than one message had to do with it
/// @param lift against those who were held out, whatever reached whom
/// @param splits of the journey, arm by arm
/// @param tiers by the tier at enrolment
/// @param tierShifts from the first enrolment to now, and `groupShifts` of the RFM group
public record CampaignReport(
        String campaignId,
        String name,
        Instant from,
        Instant to,
        String window,
        String model,
        Funnel funnel,
        Attributed attributed,
        Lift lift,
        List<Split> splits,
        List<ChannelLine> channels,
        List<TierLine> tiers,
        List<Shift> tierShifts,
        List<Shift> groupShifts) {

    /// In enrolments: one customer may be enrolled for several causes.
    ///
    /// @param waiting not decided yet
    /// @param refused at the door, before lots were drawn for the holdout
    /// @param eligible let in or held out
    /// @param bought with an order within the window after a message, whosever effect that was
    public record Funnel(
            long enrolled,
            long waiting,
            long refused,
            long eligible,
            long heldOut,
            long sent,
            long delivered,
            long opened,
            long clicked,
            long bought) {}

    public record Attributed(BigDecimal orders, Economics economics) {}

    /// @param analysis of the customers who were let in (`sent`) against the held-out ones (`holdout`), each
    ///     customer once: converted is who ordered within the window from an enrolment
    /// @param windowsOpen customers whose window is not over yet
    /// @param incremental what came that would not have come else; absent where it cannot be told
    public record Lift(Analysis analysis, long windowsOpen, Incremental incremental) {}

    /// @param name of the experiment
    /// @param analysis of its arms: converted is who ordered within the window after they came to the split
    public record Split(String name, Analysis analysis) {}

    /// @param customers more who converted, and `customersInterval` of 95 %
    /// @param sales more, and `salesLow` to `salesHigh` of 95 %
    /// @param economics what these sales were worth after the costs of the whole campaign
    public record Incremental(
            double customers,
            Interval customersInterval,
            Money sales,
            Money salesLow,
            Money salesHigh,
            Economics economics) {}

    /// @param cost of those sent; absent where no price is set
    public record ChannelLine(
            String channel,
            long waiting,
            long sent,
            long delivered,
            long opened,
            long clicked,
            long bounced,
            long skipped,
            long failed,
            long uncertain,
            Money cost,
            BigDecimal orders,
            Money sales) {}

    /// @param tier absent of who had none
    /// @param sent messages
    /// @param arms of `lift`, of this tier only
    /// @param comparison of these two
    public record TierLine(
            String tier,
            long enrolled,
            long heldOut,
            long sent,
            BigDecimal orders,
            Economics economics,
            List<Analysis.ArmFigures> arms,
            Analysis.Comparison comparison) {}

    /// Customers who were `before` when they were first enrolled and are `now`; absent where there was or is
    /// none.
    public record Shift(String before, String now, long treated, long heldOut) {}
}
