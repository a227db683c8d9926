/// What every benchmark is given, and what it gives back.
package io.regulars.bench.suite;
