/// What was done and seen, for people and for machines.
package io.regulars.bench.report;
