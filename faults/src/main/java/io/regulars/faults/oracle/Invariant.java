package io.regulars.faults.oracle;

import java.util.List;

/// One thing that must hold whatever happened.
interface Invariant {

    List<Violation> check(Evidence evidence);
}
