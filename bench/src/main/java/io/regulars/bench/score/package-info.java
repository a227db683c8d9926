/// How fast the events of orders become facts and scores.
package io.regulars.bench.score;
