/// Runs all of Regulars on one machine: `./regulars` calls it.
package io.regulars.local;
