package io.regulars.campaign.campaign;

/// Why a campaign does not concern a customer now.
public record Obstacle(Kind kind, String reason) {

    /// What it means for what is under way.
    public enum Kind {
        /// Over for good.
        ENDED,
        /// To be asked again when the campaign resumes.
        PAUSED,
        /// To be asked again soon.
        NOT_YET_KNOWN,
        /// Left alone, to compare with.
        HELD_OUT,
        /// Over for good, since it got where it was meant to lead.
        REACHED
    }

    static Obstacle ended(String reason) {
        return new Obstacle(Kind.ENDED, reason);
    }
}
