/// Fills an empty system with the demo shop, through the public API like any merchant's data.
package io.regulars.local.demo;
