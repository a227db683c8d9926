/// A flat, indexed copy of each customer, and the conditions that pick some of them.
package io.regulars.campaign.audience;
