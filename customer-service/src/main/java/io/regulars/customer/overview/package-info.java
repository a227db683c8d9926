/// How much of everything a merchant has recorded.
package io.regulars.customer.overview;
