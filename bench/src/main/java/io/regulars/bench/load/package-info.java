/// Requests over HTTP, as many as go, or at a rate that waits for no answer.
package io.regulars.bench.load;
