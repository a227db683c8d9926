package io.regulars.campaign.sms;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.regulars.campaign.channel.Sms;

/// An SMS for providers that put the signature before the text themselves.
///
/// @param signName null where the text names none
record ChineseSms(String signName, String text) {

    private static final Pattern SIGNED = Pattern.compile("(?s)【([^】]{1,40})】(.*)");

    /// @param registered the account's signature, or null for the text's own
    static ChineseSms of(Sms sms, String registered) {
        Matcher signed = SIGNED.matcher(sms.text());
        if (!signed.matches()) {
            return new ChineseSms(registered, sms.text());
        }
        return new ChineseSms(registered == null ? signed.group(1) : registered, signed.group(2));
    }

    /// In E.164; a number without a country is Chinese.
    static String phone(String country, String number) {
        String digits = number.strip();
        if (digits.startsWith("+")) {
            return digits;
        }
        if (digits.startsWith("00")) {
            return "+" + digits.substring(2);
        }
        return "+" + (country == null || country.isBlank() ? "86" : country.strip()) + digits;
    }
}
