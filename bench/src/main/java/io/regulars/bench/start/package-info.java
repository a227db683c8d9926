/// How soon a service is ready, and how much memory it takes then.
package io.regulars.bench.start;
