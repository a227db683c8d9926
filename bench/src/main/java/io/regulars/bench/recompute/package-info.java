/// Scoring a whole shop anew, against plain SQL from the raw orders.
package io.regulars.bench.recompute;
