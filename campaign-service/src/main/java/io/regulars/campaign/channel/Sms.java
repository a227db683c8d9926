package io.regulars.campaign.channel;

/// @param key names it for ever: the gateway delivers it once
public record Sms(String key, String to, String text) {}
