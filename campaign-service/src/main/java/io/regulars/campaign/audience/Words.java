package io.regulars.campaign.audience;

/// What something is called, for people.
record Words(String zh, String en) {}
