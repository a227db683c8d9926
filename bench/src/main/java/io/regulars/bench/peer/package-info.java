/// The other software that does the same work: found, or fetched from its distribution's own packages.
package io.regulars.bench.peer;
