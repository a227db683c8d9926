package io.regulars.bench.report;

import java.util.Locale;

/// Figures for people: three or four digits that count.
final class Numbers {

    private Numbers() {}

    static String plain(double figure) {
        if (Double.isNaN(figure)) {
            return "–";
        }
        var size = Math.abs(figure);
        var format =
                size >= 100 || size == Math.rint(size) ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, figure);
    }

    static String megabytes(long bytes) {
        return bytes == 0 ? "–" : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
    }

    /// For JSON, which has no NaN.
    static Double rounded(double figure) {
        return Double.isFinite(figure) ? Double.valueOf(String.format(Locale.ROOT, "%.6g", figure)) : null;
    }
}
