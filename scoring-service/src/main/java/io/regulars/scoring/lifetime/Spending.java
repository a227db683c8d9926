package io.regulars.scoring.lifetime;

import java.util.Arrays;

/// What each repeat buyer has spent on how many repeat purchases.
final class Spending {

    private int[] repeats = new int[1 << 10];
    private double[] spent = new double[1 << 10];
    private int size;

    /// @param amount of all repeats together, in the merchant's currency; who spent nothing says nothing
    void add(int count, double amount) {
        if (count == 0 || amount <= 0) {
            return;
        }
        if (size == repeats.length) {
            repeats = Arrays.copyOf(repeats, size * 2);
            spent = Arrays.copyOf(spent, size * 2);
        }
        repeats[size] = count;
        spent[size++] = amount;
    }

    int size() {
        return size;
    }

    int repeats(int buyer) {
        return repeats[buyer];
    }

    double spent(int buyer) {
        return spent[buyer];
    }

    int mostRepeats() {
        return Arrays.stream(repeats, 0, size).max().orElse(0);
    }

    /// Of all repeat purchases.
    double meanPurchase() {
        double amount = 0;
        long count = 0;
        for (int i = 0; i < size; i++) {
            amount += spent[i];
            count += repeats[i];
        }
        return amount / count;
    }
}
