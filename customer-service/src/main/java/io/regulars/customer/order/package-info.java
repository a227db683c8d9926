/// What customers bought and gave back, and what they kept of it.
package io.regulars.customer.order;
