package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.template.TemplateException;
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

    Contents(Clock clock, @ConfigProperty(name = "regulars.public-url") String publicUrl) {
        this.clock = clock;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    Filled fill(DueMessages.Batch batch) {
        Instant now = clock.instant();
        Answers answers = batch.answers();
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
                                now));
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
}
