package io.regulars.campaign.guardrail;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a message takes from budgets, as its row keeps it: `["0:messages:day:2026-03-01:1"]`.
public final class Charges {

    private Charges() {}

    /// Null where it takes from none.
    public static String write(List<Purse.Charge> charges) {
        return charges.isEmpty()
                ? null
                : charges.stream().map(Charges::word).toList().toString();
    }

    private static String word(Purse.Charge charge) {
        Purse.Key key = charge.budget();
        return "\"%d:%s:%s:%s:%d\""
                .formatted(
                        key.campaign(),
                        BudgetJson.name(key.kind()),
                        BudgetJson.name(key.per()),
                        charge.period(),
                        charge.amount());
    }

    /// @param written null for none
    public static Stream<Purse.Charge> read(int merchant, String written) {
        return written == null
                ? Stream.empty()
                : Stream.of(written.replaceAll("[\\[\\]\" ]", "").split(",")).map(word -> charge(merchant, word));
    }

    private static Purse.Charge charge(int merchant, String word) {
        String[] parts = word.split(":");
        var key = new Purse.Key(
                merchant,
                Long.parseLong(parts[0]),
                Budget.Kind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                Budget.Per.valueOf(parts[2].toUpperCase(Locale.ROOT)));
        return new Purse.Charge(key, LocalDate.parse(parts[3]), Long.parseLong(parts[4]));
    }
}
