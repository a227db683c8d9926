package io.regulars.campaign.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.guardrail.Charges;
import io.regulars.campaign.guardrail.Purse;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.events.Channel;

/// What becomes of the messages that are due, decided one after the other: each sees what those before it take
/// of the caps. One that counts already, because an earlier try may have got through, is not in its own way.
///
/// @param going those that are claimed
/// @param changes of all that change
/// @param paused those whose campaign is paused, which do not
record Round(List<Claimed> going, List<Transition> changes, List<Claimed> paused) {

    /// What a round works with, besides the messages.
    ///
    /// @param counted what counts against each customer's caps, by channel; grows by what goes
    /// @param order which messages go before others
    /// @param purse the budgets; what goes is taken out of them
    record Limits(Map<CustomerKey, Map<Channel, List<Instant>>> counted, Order order, Purse purse) {}

    static Round of(List<Claimed> due, Channel channel, String claim, Answers answers, Limits limits, Instant now) {
        var gate = new Gate(answers, now);
        var round = new Round(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Claimed message : limits.order().sorted(due)) {
            var ofCustomer = limits.counted().computeIfAbsent(message.customer(), key -> new EnumMap<>(Channel.class));
            var ofChannel = ofCustomer.computeIfAbsent(channel, key -> new ArrayList<>());
            ofChannel.remove(message.countedAt());
            boolean capped = gate.isCapped(message.question());
            Verdict verdict = gate.decide(message.question(), channel, message.plannedAt(), ofCustomer);
            if (verdict instanceof Verdict.Go && capped && limits.order().hasRivals(message)) {
                verdict =
                        gate.giveWay(message.question(), channel, limits.order().withRivals(message, ofCustomer, now));
            }
            if (verdict instanceof Verdict.Go) {
                verdict = round.goWithin(message, answers, limits.purse(), gate, claim, capped);
            } else {
                round.take(message, verdict);
            }
            if (verdict instanceof Verdict.Go && capped) {
                ofChannel.addFirst(now);
            } else if (message.countedAt() != null) {
                ofChannel.add(message.countedAt());
            }
        }
        return round;
    }

    /// One that may have got through has paid already.
    private Verdict goWithin(Claimed message, Answers answers, Purse purse, Gate gate, String claim, boolean capped) {
        int merchant = message.key().merchantId();
        boolean marketing = answers.plan(message.plan()).marketing();
        long cost = answers.settings(merchant).policy().cost(message.channel());
        Optional<Settings.Hold> empty =
                message.perhapsSent() ? Optional.empty() : purse.empty(merchant, message.campaignId(), marketing, cost);
        if (empty.isPresent()) {
            var hold = new Verdict.Hold(empty.get().until(), empty.get().reason());
            Verdict verdict = gate.inTime(hold, message.question(), message.plannedAt());
            take(message, verdict);
            return verdict;
        }
        List<Purse.Charge> charges =
                message.perhapsSent() ? List.of() : purse.take(merchant, message.campaignId(), marketing, cost);
        going.add(message);
        changes.add(Transition.claimed(message.key(), claim, capped, Charges.write(charges)));
        return new Verdict.Go();
    }

    private void take(Claimed message, Verdict verdict) {
        switch (verdict) {
            case Verdict.Go _ -> throw new IllegalStateException("what goes is paid for first");
            case Verdict.Hold(var until, var reason) -> changes.add(Transition.held(message.key(), until, reason));
            case Verdict.Skip(var reason) -> changes.add(Transition.dropped(message, reason));
            case Verdict.Park _ -> paused.add(message);
        }
    }
}
