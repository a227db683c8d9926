/// The injected clock, which a local run and a test can shift.
package io.regulars.kit.time;
