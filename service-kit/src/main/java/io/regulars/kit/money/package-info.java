/// Amounts: decimal outside, minor units inside.
package io.regulars.kit.money;
