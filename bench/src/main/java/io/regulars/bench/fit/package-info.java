/// What it takes to learn from a shop how its customers buy and leave.
package io.regulars.bench.fit;
