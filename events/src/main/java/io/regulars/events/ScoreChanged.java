package io.regulars.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// What the record says about one customer, as of `scoredAt`.
///
/// A trigger compares the `seq` of a step with the one it holds: a step is one tier change, one entering of a group
/// or a stage, numbered from 1 without gaps for each customer, and `seq` names it as the cause of what follows.
///
/// @param modelVersion the scoring model's version
/// @param frequency orders that count, in the model's window
/// @param monetary minor units kept, in the model's window
/// @param lastOrderDay in the merchant's zone, or null
/// @param tier the present tier and the step that led to it
/// @param group the RFM group's key, R F M with 1 for good: `111` … `000`; null while the customer never bought
/// @param stage `prospect`, `new`, `growing`, `mature`, `declining`, `sleeping`, `lost`, `won-back`
/// @param openWindows the repurchase windows that are open at `scoredAt`
/// @param backfill told by loaded history or a recompute: windows that open with it start no campaign
/// @param churn the warning that the customer is about to be lost; null while there is none
/// @param classes how the customer buys and behaves, by name: `frequency` `high`, `low`, `one-time`, `never`; `amount`
///     `high`, `middle`, `low`; `orderValue` `large`, `middle`, `small`; `interaction` `active`, `occasional`,
/// `silent`;
///     `satisfaction` `very-satisfied`, `satisfied`, `dissatisfied`, `very-dissatisfied`. A name is absent where
/// nothing
///     is known; null as a whole in events that are older than classes
public record ScoreChanged(
        int merchantId,
        long customerId,
        long version,
        Instant scoredAt,
        int modelVersion,
        long frequency,
        long monetary,
        LocalDate lastOrderDay,
        Step tier,
        Step group,
        Step stage,
        List<RepurchaseWindow> openWindows,
        boolean backfill,
        Churn churn,
        Map<String, String> classes)
        implements Event {

    /// @param key what the customer is in now
    /// @param rank place on the ladder, 0 the lowest; -1 where there is no ladder
    /// @param previous what the customer was in before, null at first
    /// @param previousRank its rank, -1 where there is none
    /// @param since when the step took effect
    /// @param seq the step's number for this customer, 1 for the first
    /// @param reason in plain words, for people
    /// @param backfill came from loaded history or a recompute, and starts no campaign. It stands by the step and
    ///     not by the event, since of several events of one customer a reader may see only the last
    public record Step(
            String key,
            int rank,
            String previous,
            int previousRank,
            Instant since,
            long seq,
            String reason,
            boolean backfill) {}

    /// @param productCode what runs out
    /// @param causeOrderId the order that started the cycle: `productCode` and it name the cause
    /// @param opensAt first instant of the window
    /// @param closesAt end of the window, exclusive
    /// @param runsOutAt when the product is expected to be used up
    /// @param basis `lasts` (the merchant says how long a unit lasts), or a learned cycle: `product`, `category`,
    ///     `customer`
    public record RepurchaseWindow(
            String productCode,
            String productName,
            long causeOrderId,
            Instant opensAt,
            Instant closesAt,
            Instant runsOutAt,
            String basis) {}

    /// @param signs what it rests on at `scoredAt`: `frequency`, `amount`, `alive`
    /// @param step the beginning of the warning; its key is what it rested on then, joined by `+`. Signs that come
    ///     and go while there is a warning are no further step
    public record Churn(List<String> signs, Step step) {

        public Churn {
            signs = Lists.copy(signs);
        }
    }

    /// Of a customer with no warning, and without classes.
    public ScoreChanged(
            int merchantId,
            long customerId,
            long version,
            Instant scoredAt,
            int modelVersion,
            long frequency,
            long monetary,
            LocalDate lastOrderDay,
            Step tier,
            Step group,
            Step stage,
            List<RepurchaseWindow> openWindows,
            boolean backfill) {
        this(
                merchantId,
                customerId,
                version,
                scoredAt,
                modelVersion,
                frequency,
                monetary,
                lastOrderDay,
                tier,
                group,
                stage,
                openWindows,
                backfill,
                null,
                null);
    }

    public ScoreChanged {
        openWindows = Lists.copy(openWindows);
        classes = classes == null ? null : Lists.copy(classes);
    }

    @Override
    public String thing() {
        return "s" + customerId;
    }
}
