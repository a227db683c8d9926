package io.regulars.scoring.dimension;

/// What can be counted of a customer besides recency, frequency and monetary value.
public enum Measure {
    /// What was kept in the window over the orders in it, minor units (客单价).
    averageOrderValue(true),
    /// Days in the window on which something was bought: several orders of a day are one purchase.
    purchaseDays(false),
    /// Orders in the window, each worth half as much for every half-life since it was made.
    decayedFrequency(false),
    /// Different categories bought in the window.
    categoryBreadth(false),
    /// What the customer did towards the shop in the window: campaigns joined, messages opened and clicked, coupons
    /// redeemed, reviews, surveys, favourites, inquiries.
    interaction(false),
    /// Visits in the window.
    visits(false),
    /// The mean rating in the window, 0 to 100; a review of one star is 20, of five 100.
    satisfaction(false);

    private final boolean money;

    Measure(boolean money) {
        this.money = money;
    }

    /// Whether thresholds are amounts in units of the merchant's currency.
    public boolean isMoney() {
        return money;
    }
}
