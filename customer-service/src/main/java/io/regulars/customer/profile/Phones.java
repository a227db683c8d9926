package io.regulars.customer.profile;

import java.util.Locale;
import java.util.Set;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.regulars.customer.input.Checks;
import io.regulars.customer.merchant.Settings;

/// Phone numbers as people write them, kept in E.164.
public final class Phones {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Phones() {}

    /// A number without a country code is one of the merchant's country. Length is checked and ranges are not:
    /// carriers open new ones faster than libraries learn of them.
    public static String checked(Checks checks, String field, String value, Settings merchant) {
        String text = checks.text(field, value, 40);
        if (text == null) {
            return null;
        }
        try {
            var number = NUMBERS.parse(text, country(merchant));
            if (NUMBERS.isPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE) {
                return NUMBERS.format(number, PhoneNumberUtil.PhoneNumberFormat.E164);
            }
        } catch (NumberParseException e) {
            checks.violate(field, "is not a phone number; write it with its country code, such as +8613800138000");
            return null;
        }
        checks.violate(field, "is too short or too long for a phone number");
        return null;
    }

    /// The country of the merchant's locale, else the one its currency is named after (CNY: CN).
    static String country(Settings merchant) {
        String ofLocale = Locale.forLanguageTag(merchant.locale()).getCountry();
        if (COUNTRIES.contains(ofLocale)) {
            return ofLocale;
        }
        String ofCurrency = merchant.currency().substring(0, 2);
        return COUNTRIES.contains(ofCurrency) ? ofCurrency : null;
    }
}
