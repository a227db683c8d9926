/// What a customer allows on each channel: since when, and how we know.
package io.regulars.customer.consent;
