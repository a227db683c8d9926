package io.regulars.campaign.channel;

/// @param key names it for ever: the gateway delivers it once
/// @param perhapsBy the provider that may have sent it by an earlier try; empty where nobody knows which,
///     null where no try may have got through
public record Sms(String key, String to, String text, String perhapsBy) {

    public Sms(String key, String to, String text) {
        this(key, to, text, null);
    }
}
