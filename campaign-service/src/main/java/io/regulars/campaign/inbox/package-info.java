/// The in-site inbox: what a customer finds in the shop, unread counts, and new messages live.
package io.regulars.campaign.inbox;
