/// The faults of the matrix, each one way to break the system.
package io.regulars.faults.fault;
