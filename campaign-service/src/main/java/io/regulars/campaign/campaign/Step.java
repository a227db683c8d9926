package io.regulars.campaign.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;

/// One step of a journey. People write a tree; it is kept as a flat list in the order in which it is written,
/// so that the place of a customer and of a message is one number, and the same one as before there were trees.
/// Ways that part name the places where they begin; a `Jump`, which nobody writes, leads from the end of one to
/// where they meet again. No step leads back, so there are no cycles.
public sealed interface Step {

    record Wait(Duration duration) implements Step {}

    /// By the clock on the customer's wall.
    record WaitUntilTime(TimeOfDay time) implements Step {}

    /// One that is past holds up nobody.
    record WaitUntil(Instant instant) implements Step {}

    /// Goes on with the next step when it happens, at once where it has happened already.
    ///
    /// @param otherwise the place to go on from where it did not happen in time
    record WaitFor(Happening happening, Duration timeout, int otherwise) implements Step {}

    record IssueCoupon(long couponId) implements Step {}

    record Send(Channel channel, Text template) implements Step {}

    /// Asked one after the other when the customer gets here; the first that holds shows the way.
    ///
    /// @param otherwise the place to go on from where none holds
    record Branch(List<Case> cases, int otherwise) implements Step {

        /// @param to the place to go on from
        public record Case(Condition when, int to) {}
    }

    /// @param experiment its name, one of a kind within the campaign
    record Split(String experiment, List<Arm> arms) implements Step {

        /// @param to the place to go on from
        public record Arm(String name, int weight, int to) {}
    }

    record Jump(int to) implements Step {}

    record Tag(List<String> add, List<String> remove) implements Step {}

    /// @param event what the endpoint is told that happened
    record Webhook(long endpointId, String event) implements Step {}

    /// @param note null where there is none
    /// @param within when it is to be done; null for any time
    record CallbackTask(String title, String note, Duration within) implements Step {}

    /// @param reason null where there is none
    record GrantPoints(long points, String reason) implements Step {}

    record End() implements Step {}
}
