/// What the merchant sells: name, category, price, how long one unit lasts, what goes with it.
package io.regulars.customer.product;
