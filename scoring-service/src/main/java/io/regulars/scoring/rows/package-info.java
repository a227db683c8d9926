/// Lists of records as columns of one statement, and arrays of a row as plain arrays.
package io.regulars.scoring.rows;
