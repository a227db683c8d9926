/// The page behind the unsubscribe link of a message.
package io.regulars.customer.unsubscribe;
