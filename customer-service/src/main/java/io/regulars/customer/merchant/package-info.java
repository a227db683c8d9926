/// A merchant's settings: the zone its days begin in, its currency, its language, what is no product.
package io.regulars.customer.merchant;
