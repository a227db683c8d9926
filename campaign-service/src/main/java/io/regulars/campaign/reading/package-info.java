/// Reads the JSON that people write, and collects every fault with its path instead of stopping at the first.
package io.regulars.campaign.reading;
