/// The eight RFM groups, each dimension split at a cut-point that holds for the whole shop.
package io.regulars.scoring.group;
