/// What is said to a caller whose request cannot be served: RFC 9457 problem documents with field and reason.
package io.regulars.kit.problem;
