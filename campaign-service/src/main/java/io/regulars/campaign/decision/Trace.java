package io.regulars.campaign.decision;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.regulars.campaign.measure.MessageSales;
import io.regulars.campaign.message.MessageList;
import io.regulars.campaign.message.MessageView;

/// Everything about one message, from its cause to what it brought.
///
/// @param enrolment the customer's way through the campaign for this cause
/// @param steps of the journey as the customer is on it
/// @param decisions of the guardrails, each time they were asked
/// @param provider absent where none was asked
/// @param receipts what came back about it
/// @param hits opens and clicks, those of robots too
/// @param coupons that its enrolment got
/// @param sales orders within seven days after it
/// @param trail each change of the message's state, as it is kept
@JsonInclude(JsonInclude.Include.NON_NULL)
record Trace(
        MessageView message,
        Cause cause,
        Way enrolment,
        List<StepLine> steps,
        List<Decision> decisions,
        Provider provider,
        List<Receipt> receipts,
        List<Hit> hits,
        List<Code> coupons,
        List<MessageSales.Sale> sales,
        List<MessageList.Passage> trail) {

    /// @param tier at enrolment, as `group`
    /// @param arms by the experiments that it came to
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Way(
            String id,
            String campaign,
            int revision,
            String state,
            String reason,
            Instant enrolledAt,
            String tier,
            String group,
            Map<String, String> arms) {}

    /// @param place `behind`, `this message`, `other` for one that lies ahead or on another way
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepLine(int step, String type, String channel, String place) {}

    /// @param verdict `goes`, `held`, `skipped`
    /// @param guardrail that decided; absent where none spoke against it
    /// @param until when it is asked again
    /// @param caps how full each was, by what is known now of the messages then
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Decision(Instant at, String verdict, String guardrail, String reason, Instant until, List<CapFigure> caps) {}

    /// @param cap such as `2 sms per PT168H`
    /// @param counted messages that counted against it then, without this one
    record CapFigure(String cap, long counted, int most) {}

    /// @param name the provider's; for the others the channel
    /// @param id its name for the message
    /// @param answer what it said: `sent`, or why not
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Provider(
            String name,
            String id,
            int attempts,
            Instant claimedAt,
            Instant transmittedAt,
            Instant answeredAt,
            String answer) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Receipt(Instant at, String state, String reason) {}

    /// @param who `person`, `proxy`, `bot`; `unjudged` for some seconds
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hit(Instant at, String kind, Integer link, String who) {}

    /// @param code with its middle left out
    /// @param orderId that redeemed it, the merchant's own
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Code(
            String couponId,
            String code,
            String state,
            Instant issuedAt,
            Instant validUntil,
            Instant redeemedAt,
            String orderId) {}
}
