/// What to offer a customer besides: from the catalogue, from what others buy together, and from what sells
/// best.
package io.regulars.campaign.recommend;
