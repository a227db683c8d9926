/// What a customer is judged by: each dimension's value on a day, the points that it is worth, and when those can
/// change by time alone.
package io.regulars.scoring.dimension;
