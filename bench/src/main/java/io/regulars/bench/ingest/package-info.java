/// How fast orders come in: one by one, in batches, as a file, a second time.
package io.regulars.bench.ingest;
