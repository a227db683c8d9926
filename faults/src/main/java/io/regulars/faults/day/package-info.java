/// `./regulars faults day`: a day of a large shop, hour by hour, and what must hold at its end.
package io.regulars.faults.day;
