package io.regulars.campaign.lift;

import java.math.BigDecimal;
import java.math.MathContext;

/// Figures as they are shown: to ten significant digits, which is more than anybody compares and less than
/// where a double tells of itself (0.04999999999999999 for 0.05).
public final class Rounded {

    private static final MathContext SHOWN = new MathContext(10);

    private Rounded() {}

    /// @throws NumberFormatException where it is no finite number
    public static BigDecimal of(double figure) {
        BigDecimal shown = BigDecimal.valueOf(figure).round(SHOWN).stripTrailingZeros();
        return shown.scale() < 0 ? shown.setScale(0) : shown;
    }
}
