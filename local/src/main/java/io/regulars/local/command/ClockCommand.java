package io.regulars.local.command;

import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

import io.regulars.local.home.ClockOffset;

/// `clock`: shifts the services' clock.
final class ClockCommand {

    private ClockCommand() {}

    static void run(Context context, List<String> words) throws IOException, InterruptedException {
        if (words.size() > 1) {
            throw new UsageException("one word too many: " + words.get(1));
        }
        var control = context.control();
        if (!words.isEmpty()) {
            control.shiftClock(offset(words.getFirst(), ClockOffset.of(context.home())));
        }
        var offset = ClockOffset.of(context.home());
        context.terminal()
                .say("the services' clock shows " + context.clock().instant().plus(offset)
                        + (offset.isZero() ? "" : " (shifted by " + offset + ")"));
    }

    /// `+P30D` and `-P1D` from where the clock is, `P30D` from the machine's time.
    static Duration offset(String word, Duration present) {
        try {
            if (word.equals("reset")) {
                return Duration.ZERO;
            }
            return word.startsWith("+") || word.startsWith("-")
                    ? present.plus(Duration.parse(word))
                    : Duration.parse(word);
        } catch (DateTimeParseException e) {
            throw new UsageException("not a duration in days, hours, minutes: " + word + "; write +P30D or +PT2H");
        }
    }
}
