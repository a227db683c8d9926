/// Who the customers are, and what each of them allows.
package io.regulars.customer.profile;
