/// Scoring models as people edit them: drafted, checked, activated, and activated again to roll back.
package io.regulars.scoring.draft;
