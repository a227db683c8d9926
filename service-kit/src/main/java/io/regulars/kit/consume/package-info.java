/// Events arrive in batches: parsed, the newest of each thing kept, written in one transaction, poison set aside.
package io.regulars.kit.consume;
