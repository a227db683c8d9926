/// Builds the services where their sources are newer.
package io.regulars.local.build;
