package io.regulars.campaign.channel;

/// An e-mail, ready to send.
///
/// @param key names it for ever: the local part of its Message-ID
/// @param fromName the shop's
/// @param unsubscribeUrl null for a notice of an order
public record Email(
        String key, String fromName, String to, String subject, String text, String html, String unsubscribeUrl) {}
