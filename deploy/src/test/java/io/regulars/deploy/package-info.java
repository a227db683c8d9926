/// Proves that what deploy/ holds would be taken by a cluster.
package io.regulars.deploy;
