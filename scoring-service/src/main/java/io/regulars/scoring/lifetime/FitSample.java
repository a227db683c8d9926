package io.regulars.scoring.lifetime;

import java.util.TreeMap;

import io.regulars.scoring.history.PurchaseHistory;

/// Gathers histories of a shop and fits both models to them as of one day. Its size depends on the days and on how
/// differently customers buy, and for each who bought again it keeps two numbers.
public final class FitSample {

    /// Fewer say too little: the parameters could be any.
    static final int LEAST_BUYERS = 100;

    static final int LEAST_REPEAT_BUYERS = 20;

    private final int asOf;
    private final int today;
    private final double minorUnits;
    private final PatternCounts patterns = new PatternCounts();
    private final Spending spending = new Spending();
    private final TreeMap<Integer, Long> births = new TreeMap<>();
    private final TreeMap<Integer, Long> repeats = new TreeMap<>();
    private long repeatBuyers;
    private long later;

    /// @param asOf what was bought after this day is not learned from
    /// @param today up to which the model is compared with what was bought
    /// @param fractionDigits of the merchant's currency
    public FitSample(int asOf, int today, int fractionDigits) {
        this.asOf = asOf;
        this.today = today;
        minorUnits = Math.pow(10, fractionDigits);
    }

    public void add(PurchaseHistory history) {
        var pattern = BuyingPattern.of(history, asOf);
        if (pattern == null) {
            return;
        }
        patterns.add(pattern);
        int known = history.known(asOf);
        spending.add(pattern.repeats(), BuyingPattern.spentOnRepeats(history, known) / minorUnits);
        births.merge(history.days()[0], 1L, Long::sum);
        int all = history.known(today);
        for (int i = 1; i < all; i++) {
            repeats.merge(history.days()[i], 1L, Long::sum);
        }
        repeatBuyers += pattern.repeats() > 0 ? 1 : 0;
        later += all - known;
    }

    /// Whether there is enough to learn from.
    public boolean enough() {
        return patterns.total() >= LEAST_BUYERS && repeatBuyers >= LEAST_REPEAT_BUYERS;
    }

    /// @throws FitFailed with the reason, for the merchant to read
    public Fitted fit() {
        if (!enough()) {
            throw new FitFailed("%d customers have bought, %d of them again; at least %d and %d are needed"
                    .formatted(patterns.total(), repeatBuyers, LEAST_BUYERS, LEAST_REPEAT_BUYERS));
        }
        var purchases = BgNbdFit.of(patterns);
        return fitted(new Fitted.Purchases(purchases.model(), purchases.logLikelihood()), spent());
    }

    /// The same shop under models that were learned elsewhere.
    ///
    /// @throws FitFailed where nobody has bought
    public Fitted under(BgNbd model, GammaGamma spendingModel) {
        if (patterns.total() == 0) {
            throw new FitFailed("nobody has bought yet");
        }
        double likelihood = new BgNbdLikelihood(patterns).of(model);
        double spent = spending.size() == 0 ? 0 : GammaGammaFit.logLikelihood(spending, spendingModel);
        return fitted(new Fitted.Purchases(model, likelihood), new Fitted.Spent(spendingModel, spent, spending.size()));
    }

    private Fitted fitted(Fitted.Purchases purchases, Fitted.Spent spent) {
        return new Fitted(
                patterns.total(),
                repeatBuyers,
                purchases,
                spent,
                Tracking.of(purchases.model(), births, repeats, asOf, today),
                asOf >= today ? null : later(purchases.model()));
    }

    private Fitted.Spent spent() {
        if (spending.size() < LEAST_REPEAT_BUYERS) {
            return null;
        }
        try {
            var fit = GammaGammaFit.of(spending);
            return new Fitted.Spent(fit.model(), fit.logLikelihood(), spending.size());
        } catch (FitFailed e) {
            // how often they buy is worth knowing without it
            return null;
        }
    }

    private Fitted.Later later(BgNbd model) {
        int days = today - asOf;
        double expected = 0;
        for (int row = 0; row < patterns.size(); row++) {
            expected += patterns.customers(row) * model.purchases(patterns.at(row), days);
        }
        return new Fitted.Later(days, expected, later);
    }
}
