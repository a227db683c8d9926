/// Table rows as records, read and written many at a time.
package io.regulars.customer.rows;
