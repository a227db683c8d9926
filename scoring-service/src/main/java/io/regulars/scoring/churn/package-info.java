/// A warning before customers sleep: who orders less, spends less, or is probably gone.
package io.regulars.scoring.churn;
