package io.regulars.campaign.bounce;

import java.util.List;

/// What a report of a mail server says about one of our e-mails.
///
/// @param token of our Message-ID or return address, not verified yet; null where there is neither
/// @param recipients the address that it is about, as it was written to and as it ended; none where the
///     report hides it
/// @param reason in the server's words, without addresses
record MailReport(Kind kind, String token, List<String> recipients, String reason) {

    enum Kind {
        /// The address is no good.
        HARD,
        /// Not this time: mailbox full, greylisted to the end, refused for what it says.
        SOFT,
        DELIVERED,
        COMPLAINT,
        /// Nothing that changes anything: a delay, a virus of its own, an answer of somebody who is away.
        OTHER
    }
}
