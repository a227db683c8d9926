/// Messages: decided late, claimed once, sent once, and every one of them with its reasons.
package io.regulars.campaign.message;
