package io.regulars.campaign.sms;

import java.time.Instant;
import java.util.List;

import io.regulars.campaign.channel.Words;

/// What a provider's callback tells.
///
/// @throws IllegalArgumentException where it tells more, or longer, than any provider does
public record Inbound(List<Report> reports, List<Reply> replies) {

    public static final Inbound NOTHING = new Inbound(List.of(), List.of());

    static final int LONGEST_ID = 200;
    private static final int LONGEST_PHONE = 40;
    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST = 1_000;
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    public Inbound {
        if (reports.size() > MOST || replies.size() > MOST) {
            throw new IllegalArgumentException("tells of more than " + MOST + " messages at once");
        }
    }

    /// What became of an SMS after the provider had taken it.
    ///
    /// @param reason the network's words where it was not delivered, without addresses
    public record Report(String providerId, boolean delivered, String reason, Instant at) {

        public Report {
            checked("an id", providerId, LONGEST_ID);
            reason = Words.of(reason);
            checked(at);
        }
    }

    /// An SMS of a customer.
    ///
    /// @param phone in E.164
    /// @param text cut, of any length
    /// @param signName of the message that it answers, or null where the provider does not tell
    public record Reply(String phone, String text, String signName, Instant at) {

        public Reply {
            checked("a phone", phone, LONGEST_PHONE);
            text = text.substring(0, Math.min(text.length(), LONGEST_TEXT)).replaceAll("[\\p{Cc}\\p{Cs}]", " ");
            if (signName != null) {
                checked("a signature", signName, LONGEST_ID);
            }
            checked(at);
        }
    }

    static Inbound of(Report report) {
        return new Inbound(List.of(report), List.of());
    }

    static Inbound of(Reply reply) {
        return new Inbound(List.of(), List.of(reply));
    }

    private static void checked(String what, String value, int longest) {
        if (value.length() > longest || value.codePoints().anyMatch(Inbound::unkept)) {
            throw new IllegalArgumentException(
                    what + " has at most " + longest + " characters, none of them for control");
        }
    }

    /// A control character, or half a character.
    private static boolean unkept(int character) {
        return character < ' ' || Character.getType(character) == Character.SURROGATE;
    }

    private static void checked(Instant at) {
        if (at.isBefore(FIRST) || at.isAfter(LAST)) {
            throw new IllegalArgumentException("a time is of this century or the next");
        }
    }
}
