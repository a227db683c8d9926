/// Points: a ledger that orders, gifts, coupons and time post to, each cause once.
package io.regulars.campaign.points;
