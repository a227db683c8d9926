/// How figures are taken: contestants in turn, time, processor, memory.
package io.regulars.bench.measure;
