package io.regulars.scoring.model;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;

import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;

/// Amounts and days as one says them: ¥120, 3 March, 3月3日. The sign of a currency is the one that the shop's own
/// customers know it by: the same dollars are $ in New York and US$ in Shanghai.
final class Spoken {

    private final String currency;
    private final String sign;

    Spoken(String currency, String locale) {
        this.currency = currency;
        var known = Currency.getInstance(currency).getSymbol(Locale.forLanguageTag(locale));
        sign = Character.isLetter(known.charAt(known.length() - 1)) ? known + " " : known;
    }

    /// Whole amounts without a fraction.
    String amount(long minor) {
        var amount = Money.major(minor, currency);
        return sign + format(amount).format(amount);
    }

    private static DecimalFormat format(BigDecimal amount) {
        var whole = amount.stripTrailingZeros().scale() <= 0;
        var pattern = whole ? "#,##0" : "#,##0." + "0".repeat(amount.scale());
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    /// With its year where that is not the year of today.
    static Words day(LocalDate day, LocalDate today) {
        var sameYear = day.getYear() == today.getYear();
        return Words.of(
                DateTimeFormatter.ofPattern(sameYear ? "M月d日" : "yyyy年M月d日", Locale.CHINA)
                        .format(day),
                DateTimeFormatter.ofPattern(sameYear ? "d MMMM" : "d MMMM yyyy", Locale.UK)
                        .format(day));
    }
}
