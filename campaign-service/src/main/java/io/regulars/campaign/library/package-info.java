/// Templates that merchants keep by a name of their own, in versions, and that campaigns refer to.
package io.regulars.campaign.library;
