package io.regulars.campaign.campaign;

import java.time.Duration;

import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;

/// One step of a journey.
public sealed interface Step {

    record Wait(Duration duration) implements Step {}

    record IssueCoupon(long couponId) implements Step {}

    record Send(Channel channel, Text template) implements Step {}
}
