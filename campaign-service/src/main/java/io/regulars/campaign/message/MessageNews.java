package io.regulars.campaign.message;

import java.time.Instant;
import java.util.Optional;

import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.webhook.EventType;
import io.regulars.campaign.webhook.News;
import io.regulars.events.EngagementRecorded;
import io.regulars.kit.id.PublicId;

/// What endpoints are told of messages.
final class MessageNews {

    private MessageNews() {}

    /// @param reason or null
    static News of(EventType type, MessageKey message, long campaign, String channel, String reason, Instant at) {
        return News.of(
                type,
                message.merchantId(),
                message.customerId(),
                "m" + message.id() + "_" + type.type().replace("message.", ""),
                at,
                "messageId",
                PublicId.format(MessageList.ID, message.id()),
                "campaignId",
                Campaigns.publicId(campaign),
                "channel",
                channel,
                "reason",
                reason);
    }

    /// Of what is no state of a message; empty of the others, which are told where the state changes.
    static Optional<News> of(EngagementRecorded told) {
        EventType type = switch (told.kind()) {
            case "unsubscribed" -> EventType.CUSTOMER_UNSUBSCRIBED;
            case "complained" -> EventType.MESSAGE_COMPLAINED;
            default -> null;
        };
        return Optional.ofNullable(type)
                .map(one -> News.of(
                        one,
                        told.merchantId(),
                        told.customerId(),
                        "m" + told.messageId() + "_" + told.kind(),
                        told.at(),
                        "messageId",
                        PublicId.format(MessageList.ID, told.messageId()),
                        "campaignId",
                        Campaigns.publicId(told.campaignId()),
                        "channel",
                        told.channel() == null ? null : ChannelNames.of(told.channel())));
    }
}
