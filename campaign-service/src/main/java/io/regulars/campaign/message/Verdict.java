package io.regulars.campaign.message;

import java.time.Instant;

/// Whether a message goes out now.
sealed interface Verdict {

    record Go() implements Verdict {}

    record Hold(Instant until, String reason) implements Verdict {}

    record Skip(String reason) implements Verdict {}

    /// Not looked at until its campaign resumes.
    record Park() implements Verdict {}
}
