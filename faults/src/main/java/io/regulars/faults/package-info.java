/// `./regulars faults`: breaks a whole system while merchants work with it, heals it, and asks an oracle what must
/// hold.
package io.regulars.faults;
