package io.regulars.scoring.dimension;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// One thing that a customer is judged by.
public abstract class Dimension {

    private final String name;
    private final int weight;
    private final Bins bins;
    private final int withoutData;

    /// @param bins null while they are learned and the shop has taught none
    /// @param withoutData the points of who has no value
    protected Dimension(String name, int weight, Bins bins, int withoutData) {
        this.name = name;
        this.weight = weight;
        this.bins = bins;
        this.withoutData = withoutData;
    }

    /// A dimension's part of a total.
    ///
    /// @param value in the dimension's own unit, amounts in minor units; not a number where there is none
    /// @param points of the bin, before they are weighted
    public record Scored(String name, double value, int points, int weight) {
        public int weighted() {
            return points * weight;
        }
    }

    public final Scored on(Facts facts, int day) {
        var value = value(facts, day);
        var points = Double.isNaN(value) || bins == null
                ? withoutData
                : bins.points(value, facts.history().customerId(), 0);
        return new Scored(name, value, points, weight);
    }

    /// Not a number where there is none.
    public abstract double value(Facts facts, int day);

    /// The first later day on which the points could be others, or never; on some such days they are the same.
    public abstract int changesOn(Facts facts, int day);

    /// Numbers of further orders on the day with which a bin is reached; none where orders alone do not reach one.
    public LongStream ordersTo(Facts facts, int day) {
        return LongStream.empty();
    }

    /// Minor units with which so many further orders on the day reach a bin; none where amounts do not count.
    public LongStream amountsTo(Facts facts, long orders, int day) {
        return LongStream.empty();
    }

    public final String name() {
        return name;
    }

    public final int weight() {
        return weight;
    }

    protected final Bins bins() {
        return bins;
    }

    protected final DoubleStream limits() {
        return bins == null ? DoubleStream.empty() : DoubleStream.of(bins.limits());
    }

    protected static LongStream up(DoubleStream steps) {
        return steps.filter(Double::isFinite).mapToLong(step -> (long) Math.ceil(step));
    }

    /// Of those days the first, or never.
    protected static int first(int one, int other) {
        return Math.min(Math.min(one, other), NEVER);
    }
}
