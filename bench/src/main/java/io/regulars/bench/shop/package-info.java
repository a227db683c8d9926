/// Shops of any size, drawn from a seed, and how they get into a database without going through a service.
package io.regulars.bench.shop;
