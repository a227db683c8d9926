package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.regulars.campaign.guardrail.Settings;
import io.regulars.campaign.template.Text;

/// One revision of a campaign, and the state the campaign is in now.
///
/// @param activatedAt null while it is a draft
public record Plan(
        int merchantId,
        long campaignId,
        int revision,
        String name,
        String state,
        String salt,
        Instant activatedAt,
        Definition definition) {

    /// A revision of a campaign among all merchants'.
    public record Key(int merchantId, long campaignId, int revision) {

        public Key of(int otherRevision) {
            return new Key(merchantId, campaignId, otherRevision);
        }
    }

    public Key key() {
        return new Key(merchantId, campaignId, revision);
    }

    /// Whether every step can be gone before the enrolment is written: nothing but waits and messages.
    public boolean leadsAtOnce() {
        return definition.steps().stream()
                .allMatch(step -> step instanceof Step.Send
                        || step instanceof Step.Wait
                        || step instanceof Step.WaitUntil
                        || step instanceof Step.WaitUntilTime
                        || step instanceof Step.End);
    }

    /// What its customers under way are to be told of, see [Happening#key].
    public List<String> listensFor() {
        return definition.steps().stream()
                .filter(Step.WaitFor.class::isInstance)
                .map(step -> ((Step.WaitFor) step).happening().key())
                .distinct()
                .toList();
    }

    /// The same as if it had been switched on then.
    public Plan supposed(Instant since) {
        return new Plan(merchantId, campaignId, revision, name, Campaign.ACTIVE, salt, since, definition);
    }

    /// Whether the step's message names products that are recommended.
    public boolean recommends(int step) {
        return definition.steps().get(step) instanceof Step.Send send
                && send.template().variants().stream().anyMatch(Text::recommends);
    }

    /// Whether its customers wait for what may be told in the moment in which they are enrolled. A message of theirs
    /// is opened later.
    public boolean waitsForNews() {
        return listensFor().stream().anyMatch(Happening::isNews);
    }

    public boolean active() {
        return Campaign.ACTIVE.equals(state);
    }

    /// What is under way waits, also while a changed campaign needs somebody's approval.
    public boolean paused() {
        return Campaign.PAUSED.equals(state) || Campaign.AWAITING_APPROVAL.equals(state);
    }

    /// Subject to consent, quiet hours, caps and holdouts as marketing is.
    public boolean marketing() {
        return !definition.rules().transactional();
    }

    /// Whether its customers are subject to holdouts at all: those of marketing are, and of notices where the
    /// merchant says so.
    public boolean hasHoldout(Settings settings) {
        return marketing() || settings.policy().transactional().holdout();
    }

    /// The share of its customers that it leaves alone, in percent.
    public BigDecimal holdout(Settings settings) {
        if (!hasHoldout(settings)) {
            return BigDecimal.ZERO;
        }
        BigDecimal own = definition.holdoutPercent();
        return own == null ? settings.holdoutPercent() : own;
    }

    public boolean finished() {
        return Campaign.FINISHED.equals(state);
    }
}
