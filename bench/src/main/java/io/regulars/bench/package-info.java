/// The command `./regulars bench`: which benchmarks there are, and what is asked of them.
package io.regulars.bench;
