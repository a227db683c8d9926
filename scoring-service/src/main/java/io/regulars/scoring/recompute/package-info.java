/// Scores all of a merchant's customers anew, in ranges that replicas claim, with progress.
package io.regulars.scoring.recompute;
