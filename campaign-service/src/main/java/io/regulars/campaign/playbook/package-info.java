/// Ready-made campaigns, each one call to switch on.
package io.regulars.campaign.playbook;
