"""Fits BG/NBD to a shop each time it is told to: equation 6 of Fader, Hardie and Lee (2005), time in weeks."""
import sys
import time

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

rows = np.loadtxt(sys.argv[1], delimiter=",", dtype=np.int64, ndmin=2)
grouped = sys.argv[2] == "grouped"
START = np.log([0.5, 0.5 / 0.08, 1.7 * 0.33**0.5, 1.7 / 0.33**0.5])


def fit():
    if grouped:
        patterns, customers = np.unique(rows, axis=0, return_counts=True)
    else:
        patterns, customers = rows, 1
    x = patterns[:, 0].astype(float)
    last, age = patterns[:, 1] / 7, patterns[:, 2] / 7
    again = x > 0
    at_least_one = np.maximum(x, 1)

    def cost(point):
        r, alpha, a, b = np.exp(point)
        of = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        of += gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        stays = -(r + x) * np.log(alpha + age)
        gone = np.log(a) - np.log(b + at_least_one - 1) - (r + x) * np.log(alpha + last)
        of += np.where(again, np.logaddexp(stays, gone), stays)
        return -np.sum(customers * of) / len(rows)

    found = minimize(cost, START, method="L-BFGS-B")
    return np.exp(found.x), -found.fun * len(rows)


print("ready", flush=True)
for line in sys.stdin:
    began = time.perf_counter()
    parameters, likelihood = fit()
    print(time.perf_counter() - began, *map(repr, map(float, parameters)), repr(float(likelihood)), flush=True)
