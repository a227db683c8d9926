/// Where a customer is on the way from prospect to lost, measured by the shop's own purchase cycle.
package io.regulars.scoring.lifecycle;
