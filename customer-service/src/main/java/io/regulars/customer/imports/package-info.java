/// Order exports as files: checked when they come, read line by line, formed into documents, written like any
/// other.
package io.regulars.customer.imports;
