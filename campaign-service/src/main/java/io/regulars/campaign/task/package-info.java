/// Tasks that journeys open for staff: whom to call back, why, and what came of it.
package io.regulars.campaign.task;
