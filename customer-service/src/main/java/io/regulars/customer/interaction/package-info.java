/// What customers do besides ordering: facts, recorded once.
package io.regulars.customer.interaction;
