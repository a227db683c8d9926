package io.regulars.scoring.lifetime;

import java.util.function.ToDoubleFunction;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;

/// Finds where a likelihood is greatest within bounds. Points are logarithms, so that a step means the same
/// everywhere; the bounds keep shops whose data do not say where a parameter lies from running away with it.
record GreatestLikelihood(double[] point, double logLikelihood) {

    private static final int MOST_EVALUATIONS = 2_000;
    private static final double FIRST_STEP = 0.5;
    private static final double LAST_STEP = 1e-6;

    /// @param observations how many the likelihood is of
    /// @throws FitFailed where the search does not end or comes to no number
    static GreatestLikelihood within(
            double[] low, double[] start, double[] high, long observations, ToDoubleFunction<double[]> logLikelihood) {
        var search = new BOBYQAOptimizer(2 * start.length + 1, FIRST_STEP, LAST_STEP);
        try {
            PointValuePair found = search.optimize(
                    new MaxEval(MOST_EVALUATIONS),
                    new ObjectiveFunction(point -> logLikelihood.applyAsDouble(point) / observations),
                    GoalType.MAXIMIZE,
                    new InitialGuess(start),
                    new SimpleBounds(low, high));
            double greatest = logLikelihood.applyAsDouble(found.getPoint());
            if (!Double.isFinite(greatest)) {
                throw new FitFailed("the likelihood is no number");
            }
            return new GreatestLikelihood(found.getPoint(), greatest);
        } catch (MathRuntimeException e) {
            throw new FitFailed("no greatest likelihood was found: " + e.getMessage(), e);
        }
    }
}
