package io.regulars.campaign.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.events.Channel;

/// What becomes of the messages that are due, decided one after the other: each sees what those before it take of
/// the caps. One that counts already, because an earlier try may have got through, is not in its own way.
///
/// @param going those that are claimed
/// @param changes of all that change
/// @param paused those whose campaign is paused, which do not
record Round(List<Claimed> going, List<Transition> changes, List<Claimed> paused) {

    /// @param counted what counts against each customer's caps, by channel; grows by what goes
    static Round of(
            List<Claimed> due,
            Channel channel,
            String claim,
            Answers answers,
            Map<CustomerKey, Map<Channel, List<Instant>>> counted,
            Instant now) {
        var gate = new Gate(answers, now);
        var round = new Round(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Claimed message : due) {
            var ofCustomer = counted.computeIfAbsent(message.customer(), key -> new EnumMap<>(Channel.class));
            var ofChannel = ofCustomer.computeIfAbsent(channel, key -> new ArrayList<>());
            ofChannel.remove(message.countedAt());
            Verdict verdict = gate.decide(message.question(), channel, ofCustomer);
            round.take(message, verdict, claim);
            if (verdict instanceof Verdict.Go) {
                ofChannel.addFirst(now);
            } else if (message.countedAt() != null) {
                ofChannel.add(message.countedAt());
            }
        }
        return round;
    }

    private void take(Claimed message, Verdict verdict, String claim) {
        switch (verdict) {
            case Verdict.Go _ -> {
                going.add(message);
                changes.add(Transition.claimed(message.key(), claim));
            }
            case Verdict.Hold(var until, var reason) -> changes.add(Transition.held(message.key(), until, reason));
            case Verdict.Skip(var reason) -> changes.add(Transition.dropped(message, reason));
            case Verdict.Park _ -> paused.add(message);
        }
    }
}
