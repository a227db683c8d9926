package io.regulars.customer.consent;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged.Consent;

/// What stands for each channel, and how an answer changes it. A channel that is absent was never answered.
public final class Consents {

    private Consents() {}

    /// An answer on one channel.
    public record Answer(Channel channel, Consent consent) {}

    /// @param standing what stands after it
    /// @param changes the answers that changed something, to be kept as proof
    public record Decision(Map<Channel, Consent> standing, List<Answer> changes) {}

    /// Flags that come with a profile. They are a copy of what the shop holds, maybe an old one: so they
    /// withdraw, and grant where nothing was answered, but never undo a withdrawal. Who grants again says so by
    /// itself.
    public static Decision fromProfile(Map<Channel, Consent> standing, List<Answer> answers) {
        return decide(standing, answers, (now, answer) -> now == null || (now.granted() && !answer.granted()));
    }

    /// What the customer said. The latest word stands; of two at one instant the withdrawal.
    public static Decision said(Map<Channel, Consent> standing, List<Answer> answers) {
        return decide(
                standing,
                answers,
                (now, answer) -> now == null
                        || (now.granted() != answer.granted()
                                && (answer.at().isAfter(now.at())
                                        || (answer.at().equals(now.at()) && !answer.granted()))));
    }

    private static Decision decide(
            Map<Channel, Consent> standing, List<Answer> answers, BiPredicate<Consent, Consent> changes) {
        var after = new EnumMap<Channel, Consent>(Channel.class);
        after.putAll(Objects.requireNonNullElse(standing, Map.of()));
        var changed = new ArrayList<Answer>();
        for (Answer answer : answers) {
            if (changes.test(after.get(answer.channel()), answer.consent())) {
                after.put(answer.channel(), answer.consent());
                changed.add(answer);
            }
        }
        return new Decision(Map.copyOf(after), changed);
    }
}
