/// Events leave with the transaction that caused them: a row in it, sent and deleted afterwards by a relay.
package io.regulars.kit.outbox;
