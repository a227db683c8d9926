/// What must hold whatever happened, judged from databases, topics, sinks and answers alone: no code of the services.
package io.regulars.faults.oracle;
