/// What campaigns brought: who bought after which message, what that cost, and what would have come without.
package io.regulars.campaign.measure;
