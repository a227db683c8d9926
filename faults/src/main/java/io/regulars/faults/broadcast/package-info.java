/// `./regulars faults broadcast`: one e-mail to everybody of a large shop, while campaign-service is killed.
package io.regulars.faults.broadcast;
