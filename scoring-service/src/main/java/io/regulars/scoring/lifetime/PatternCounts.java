package io.regulars.scoring.lifetime;

import java.util.Arrays;

/// How many customers share each buying pattern: what the likelihood needs of a shop, however large. A million
/// customers
/// have some hundred thousand patterns, and those who bought once have one for each day.
final class PatternCounts {

    private static final int FIRST_CAPACITY = 1 << 10;

    private int[] repeats = new int[FIRST_CAPACITY];
    private int[] lastDay = new int[FIRST_CAPACITY];
    private int[] age = new int[FIRST_CAPACITY];
    private long[] customers = new long[FIRST_CAPACITY];
    private int[] slots = new int[FIRST_CAPACITY * 2];
    private int size;
    private long total;
    private int mostRepeats;
    private int mostDays;

    PatternCounts() {
        Arrays.fill(slots, -1);
    }

    void add(BuyingPattern pattern) {
        add(pattern.repeats(), pattern.lastDay(), pattern.age(), 1);
    }

    private void add(int x, int tx, int days, long count) {
        int slot = find(x, tx, days);
        if (slots[slot] < 0) {
            if (size == repeats.length) {
                grow();
                slot = find(x, tx, days);
            }
            repeats[size] = x;
            lastDay[size] = tx;
            age[size] = days;
            slots[slot] = size++;
            mostRepeats = Math.max(mostRepeats, x);
            mostDays = Math.max(mostDays, days);
        }
        customers[slots[slot]] += count;
        total += count;
    }

    private int find(int x, int tx, int days) {
        int mask = slots.length - 1;
        long mixed = ((x * 0x9E3779B97F4A7C15L + tx) * 0x9E3779B97F4A7C15L + days) * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] >= 0 && !(is(slots[slot], x, tx, days))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean is(int row, int x, int tx, int days) {
        return repeats[row] == x && lastDay[row] == tx && age[row] == days;
    }

    private void grow() {
        int larger = size * 2;
        repeats = Arrays.copyOf(repeats, larger);
        lastDay = Arrays.copyOf(lastDay, larger);
        age = Arrays.copyOf(age, larger);
        customers = Arrays.copyOf(customers, larger);
        slots = new int[larger * 2];
        Arrays.fill(slots, -1);
        for (int row = 0; row < size; row++) {
            slots[find(repeats[row], lastDay[row], age[row])] = row;
        }
    }

    /// How many patterns there are.
    int size() {
        return size;
    }

    /// How many customers.
    long total() {
        return total;
    }

    int mostRepeats() {
        return mostRepeats;
    }

    int mostDays() {
        return mostDays;
    }

    int repeats(int row) {
        return repeats[row];
    }

    int lastDay(int row) {
        return lastDay[row];
    }

    int age(int row) {
        return age[row];
    }

    BuyingPattern at(int row) {
        return new BuyingPattern(repeats[row], lastDay[row], age[row]);
    }

    long customers(int row) {
        return customers[row];
    }
}
