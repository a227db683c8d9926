package io.regulars.scoring.outlook;

import java.math.BigDecimal;
import java.time.LocalDate;

import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;

/// What is expected of a customer within a horizon.
///
/// @param basis `shop`: models fitted on this shop; `shops`: the middle of others with the same currency, while
///     this one has too few buyers; `cycle`: its purchase cycle, while there are too few others; `none`: no figures
/// @param rests the same for people
/// @param fit the fit gone by, where there is one
/// @param horizonDays from today
/// @param alive probability that the customer still is one, 0 to 1
/// @param expectedOrders purchases in the horizon; several orders of a day are one
/// @param orderValue what one of them is expected to be worth
/// @param expectedValue of all of them
/// @param nextOrderDay the day by which half of such customers will have bought again, if they are customers
///     still; it moves on as days pass without an order
public record LifetimeView(
        String basis,
        Words rests,
        String fit,
        int horizonDays,
        BigDecimal alive,
        BigDecimal expectedOrders,
        Money orderValue,
        Money expectedValue,
        LocalDate nextOrderDay) {}
