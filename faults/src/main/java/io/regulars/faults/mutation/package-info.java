/// Takes the guards of the services away, one at a time, and sees that a test notices.
package io.regulars.faults.mutation;
