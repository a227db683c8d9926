/// Why a customer did or did not get a message.
package io.regulars.campaign.decision;
