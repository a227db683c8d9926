package io.regulars.campaign.lift;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// One arm of an experiment, as the sums that the analysis needs. They are exact.
///
/// @param customers who were assigned to it
/// @param converted how many of them did what was hoped for
/// @param sales of all of them, in minor units
/// @param salesSquared the sum of the squares of what each spent, in minor units squared
public record Arm(String name, long customers, long converted, long sales, BigInteger salesSquared) {

    public Arm {
        if (customers < 0 || converted < 0 || converted > customers) {
            throw new IllegalArgumentException(
                    "arm %s cannot have %d converted of %d customers".formatted(name, converted, customers));
        }
        if (customers == 0 && (sales != 0 || salesSquared.signum() != 0)) {
            throw new IllegalArgumentException("arm %s cannot have sales of no customers".formatted(name));
        }
    }

    public static Arm empty(String name) {
        return new Arm(name, 0, 0, 0, BigInteger.ZERO);
    }

    /// Both arms as one.
    public Arm plus(Arm other) {
        return new Arm(
                name,
                customers + other.customers,
                converted + other.converted,
                Math.addExact(sales, other.sales),
                salesSquared.add(other.salesSquared));
    }

    boolean none() {
        return customers == 0;
    }

    /// The share that converted; of an arm with customers.
    double rate() {
        return (double) converted / customers;
    }

    /// Sales of a customer in minor units; of an arm with customers.
    double mean() {
        return (double) sales / customers;
    }

    /// Of the sales of a customer, in minor units squared, with n - 1; of an arm with two customers or more.
    /// Worked out in whole numbers up to the division, so that nothing cancels.
    double variance() {
        BigInteger n = BigInteger.valueOf(customers);
        BigInteger numerator =
                n.multiply(salesSquared).subtract(BigInteger.valueOf(sales).pow(2));
        BigInteger denominator = n.multiply(n.subtract(BigInteger.ONE));
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
                .doubleValue();
    }
}
