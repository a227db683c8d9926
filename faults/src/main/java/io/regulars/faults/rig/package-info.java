/// The system under test as processes, and the hands that break it, heal it and wait until it rests.
package io.regulars.faults.rig;
