/// What messages cost and what goods leave: one list, for budgets and for reports.
package io.regulars.campaign.price;
