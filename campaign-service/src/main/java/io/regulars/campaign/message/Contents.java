package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.link.LinkTokens;
import io.regulars.campaign.link.MessageLinks;
import io.regulars.campaign.link.TrackingSwitch;
import io.regulars.campaign.template.TemplateException;
import io.regulars.events.Channel;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Fills the templates of a claimed batch.
@ApplicationScoped
class Contents {

    /// @param skipped those that lack a value, with that reason
    record Filled(Map<Claimed, Content> contents, Map<Claimed, Transition> skipped) {}

    private static final Logger LOG = Logger.getLogger(Contents.class);

    private final Clock clock;
    private final String publicUrl;
    private final String linkUrl;
    private final LinkTokens tokens;
    private final TrackingSwitch tracking;

    Contents(
            Clock clock,
            @ConfigProperty(name = "regulars.public-url") String publicUrl,
            @ConfigProperty(name = "regulars.link-url") Optional<String> linkUrl,
            LinkTokens tokens,
            TrackingSwitch tracking) {
        this.clock = clock;
        this.tokens = tokens;
        this.tracking = tracking;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
        this.linkUrl = linkUrl.orElse(this.publicUrl + "/api/campaign").replaceFirst("/+$", "");
    }

    Filled fill(DueMessages.Batch batch) {
        Instant now = clock.instant();
        Answers answers = batch.answers();
        Set<Integer> untracked = untracked(batch);
        Map<Claimed, Content> contents = new LinkedHashMap<>();
        Map<Claimed, Transition> skipped = new LinkedHashMap<>();
        for (Claimed message : batch.claimed()) {
            try {
                contents.put(
                        message,
                        new Content(
                                message,
                                answers.plan(message.plan()),
                                answers.customer(message.customer()),
                                answers.shop(message.key().merchantId()),
                                publicUrl,
                                now,
                                links(message, answers, untracked)));
            } catch (TemplateException e) {
                skipped.put(message, Transition.dropped(message, "template: " + e.getMessage()));
            } catch (RuntimeException e) {
                // one that breaks must not hold up the others of its batch
                LOG.errorf(e, "message %d cannot be written", message.key().id());
                skipped.put(
                        message,
                        Transition.dropped(
                                message, "cannot be written: " + e.getClass().getSimpleName()));
            }
        }
        return new Filled(contents, skipped);
    }

    private Set<Integer> untracked(DueMessages.Batch batch) {
        Set<Integer> mailing = batch.claimed().stream()
                .filter(message -> message.channel() != Channel.INBOX)
                .map(message -> message.key().merchantId())
                .collect(Collectors.toSet());
        return mailing.isEmpty() ? mailing : tracking.off(mailing);
    }

    private MessageLinks links(Claimed message, Answers answers, Set<Integer> untracked) {
        MessageKey key = message.key();
        boolean tracked = !untracked.contains(key.merchantId())
                && answers.plan(message.plan()).definition().tracking();
        return new MessageLinks(
                tokens, linkUrl, new LinkTokens.Ref(key.merchantId(), key.customerId(), key.id(), 0), tracked);
    }
}
