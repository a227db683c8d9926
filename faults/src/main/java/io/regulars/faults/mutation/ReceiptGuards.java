package io.regulars.faults.mutation;

import java.util.List;

/// What providers, mail servers and readers tell comes twice, late and in any order.
final class ReceiptGuards {

    static final List<Guard> ALL = List.of(
            receipt(
                    "receipt-kept-once",
                    "receipt/Receipts.java",
                    "on conflict on constraint receipt_pkey do nothing",
                    "",
                    "a receipt that is told again is refused with all that are told with it",
                    "ReceiptsTest#aReceiptMovesItsMessageOnceHoweverOftenItComes"),
            receipt(
                    "later-receipt-holds",
                    "receipt/Receipts.java",
                    "r.at desc, r.status desc",
                    "r.at, r.status desc",
                    "a message that was delivered after all stays bounced",
                    "ReceiptsTest#aNetworkThatGaveUpMayDeliverAllTheSame"),
            receipt(
                    "stop-found-on-the-wire",
                    "receipt/Replies.java",
                    "m.state = 'transmitting'",
                    "m.state = 'sent'",
                    "who asks for no more SMS before the provider's answer is recorded is not heard",
                    "ReceiptsTest#whoRepliesRToWhatIsStillOnTheWireIsFoundToo"),
            receipt(
                    "soft-bounce-once",
                    "bounce/Bounces.java",
                    "on conflict on constraint soft_bounce_pkey do nothing",
                    "",
                    "a report that comes again is an error to the mail server, which sends it again",
                    "BouncesTest#aFullMailboxIsCountedAndForgiven"),
            receipt(
                    "report-read-when-it-has-effect",
                    "bounce/Mailbox.java",
                    "Words.of(String.valueOf(e.getMessage())));\n            return false;",
                    "Words.of(String.valueOf(e.getMessage())));\n            return true;",
                    "a report that comes while the database is away is lost",
                    "MailboxTest#whatHasNoEffectYetIsReadAgainAndHoldsUpNobody"),
            receipt(
                    "suppressed-once",
                    "suppression/Suppressions.java",
                    "on conflict on constraint suppression_pkey do nothing",
                    "on conflict on constraint suppression_pkey do update set reason = excluded.reason",
                    "an address that is on the list counts as new, and its first reason is lost",
                    "ReceiptsTest#aListedAddressIsWrittenToAgainWhenItIsTakenOff"),
            receipt(
                    "hits-bounded",
                    "tracking/Hits.java",
                    "limit 200) as kept) < 200",
                    "limit 200) as kept) >= 0",
                    "who fetches a link again and again fills the disk",
                    "HitsTest#keepsTwoHundredOfAMessageHoweverOftenItIsFetched"));

    private ReceiptGuards() {}

    private static Guard receipt(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
