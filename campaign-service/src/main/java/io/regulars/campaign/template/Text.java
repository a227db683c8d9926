package io.regulars.campaign.template;

/// What a message says, before its variables are filled; or after.
///
/// @param subject null where the channel has none
/// @param html null where there is none
public record Text(String subject, String text, String html) {}
