/// When a customer's repeatable products run out, and the window in which a reminder is welcome.
package io.regulars.scoring.forecast;
