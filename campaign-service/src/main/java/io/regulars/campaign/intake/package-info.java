/// Reads the topics and hands each batch to the features it concerns, in one transaction.
package io.regulars.campaign.intake;
