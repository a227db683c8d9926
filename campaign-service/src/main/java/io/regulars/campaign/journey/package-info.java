/// Customers on their way through campaigns, step by step.
package io.regulars.campaign.journey;
