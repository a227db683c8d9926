/// What SMS providers tell afterwards: delivered or not, and what customers reply.
package io.regulars.campaign.receipt;
