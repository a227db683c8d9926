package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.link.LinkTokens;
import io.regulars.campaign.link.MessageLinks;
import io.regulars.campaign.link.TrackingSwitch;
import io.regulars.campaign.recommend.Recommendations;
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
    private final Recommendations recommendations;

    Contents(
            Clock clock,
            @ConfigProperty(name = "regulars.public-url") String publicUrl,
            @ConfigProperty(name = "regulars.link-url") Optional<String> linkUrl,
            LinkTokens tokens,
            TrackingSwitch tracking,
            Recommendations recommendations) {
        this.clock = clock;
        this.tokens = tokens;
        this.tracking = tracking;
        this.recommendations = recommendations;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
        this.linkUrl = linkUrl.orElse(this.publicUrl + "/api/campaign").replaceFirst("/+$", "");
    }

    Filled fill(DueMessages.Batch batch) {
        Instant now = clock.instant();
        Answers answers = batch.answers();
        Set<Integer> untracked = untracked(batch);
        var recommended = recommended(batch);
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
                                Values.unsubscribeUrl(publicUrl, answers.customer(message.customer())),
                                now,
                                links(message, answers, untracked),
                                recommended.getOrDefault(message.customer(), Map.of())));
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

    /// Of the customers whose messages name any: one look for the whole batch.
    private Map<CustomerKey, Map<String, List<Map<String, String>>>> recommended(DueMessages.Batch batch) {
        return recommendations.load(batch.claimed().stream()
                .filter(message -> batch.answers().plan(message.plan()).recommends(message.step()))
                .map(Claimed::customer)
                .toList());
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
