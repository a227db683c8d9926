/// Counting and paging through the customers whom a condition picks, against a column store.
package io.regulars.bench.audience;
