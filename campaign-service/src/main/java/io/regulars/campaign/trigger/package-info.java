/// What happens to customers, turned into enrolments.
package io.regulars.campaign.trigger;
