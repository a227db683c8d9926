/// The same POST with the same key is done once and answered the same.
package io.regulars.kit.idempotency;
