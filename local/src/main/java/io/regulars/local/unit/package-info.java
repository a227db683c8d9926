/// The processes of a local run: how each starts, how its health is known, how it is stopped, and which are ours.
package io.regulars.local.unit;
