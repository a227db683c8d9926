/// What happens to customers besides their scores, kept as long as a campaign may ask for it: orders, carts; and the
/// days on which something happens.
package io.regulars.campaign.occasion;
