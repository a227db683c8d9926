/// A small client of the public REST API, as a merchant's developer would write it.
package io.regulars.local.api;
