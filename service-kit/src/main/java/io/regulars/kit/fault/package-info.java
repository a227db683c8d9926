/// Named places where a process can be told to die, so that tests kill it exactly there. Off unless the environment
/// says so.
package io.regulars.kit.fault;
