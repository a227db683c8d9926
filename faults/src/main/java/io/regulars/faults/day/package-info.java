/// `./regulars faults day` and `year`: a day of a large shop, hour by hour, and a year of one with all playbooks on;
/// and
/// what must hold at its end.
package io.regulars.faults.day;
