/// Who opened and clicked, people told apart from machines.
package io.regulars.campaign.tracking;
