/// What the topics bring: facts are written and the customers they are about scored, in one transaction a batch.
package io.regulars.scoring.intake;
