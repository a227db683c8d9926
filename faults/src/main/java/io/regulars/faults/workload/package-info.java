/// What merchants do meanwhile, drawn from the seed, over the public API; each operation and its answer is kept.
package io.regulars.faults.workload;
