package io.regulars.customer.profile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.regulars.customer.consent.ChannelName;
import io.regulars.customer.consent.Consents;
import io.regulars.customer.input.Checks;
import io.regulars.customer.merchant.Settings;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged.Consent;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A customer as it is posted. A field that is absent or null stays as it is; an empty text or list empties it.
record CustomerInput(
        @Schema(description = "the merchant's own id", examples = "u-10086", required = true)
        String externalId,

        @Schema(examples = "张小红") String name,

        @Schema(description = "female, male or other", examples = "female")
        String gender,

        @Schema(description = "a day", examples = "1990-05-20")
        String birthday,

        @Schema(examples = "浙江") String region,
        @Schema(examples = "杭州") String city,
        @Schema(description = "BCP 47", examples = "zh-CN") String language,

        @Schema(description = "IANA zone; the merchant's where absent", examples = "Asia/Shanghai")
        String timeZone,

        @Schema(
                description = "kept in E.164; without a country code it is of the merchant's country",
                examples = "13800138000")
        String phone,

        @Schema(examples = "hong@example.com") String email,

        @Schema(description = "platform to the customer's id there")
        Map<String, String> identities,

        List<String> tags,
        @Schema(description = "the merchant's own fields") Map<String, String> attributes,

        @Schema(description = "functional, emotional or social")
        String needType,

        List<String> interests,

        @Schema(
                description = "sms, email, inbox to true or false. false withdraws; true grants where the customer has"
                        + " not answered yet, and does not undo a withdrawal: for that there is PUT …/consents")
        Map<String, Boolean> consents) {

    private static final List<String> GENDERS = List.of("female", "male", "other");
    private static final List<String> NEED_TYPES = List.of("functional", "emotional", "social");
    private static final LocalDate EARLIEST_BIRTHDAY = LocalDate.of(1890, 1, 1);

    Profile checked(Settings merchant, Instant now) {
        var checks = new Checks();
        var profile = new Profile(
                checks.required("externalId", externalId, 200),
                said(name, (field, value) -> checks.text(field, value, 200), "name"),
                said(gender, (field, value) -> checks.oneOf(field, value, GENDERS), "gender"),
                birthday(checks, now.atZone(merchant.zone()).toLocalDate()),
                said(region, (field, value) -> checks.text(field, value, 100), "region"),
                said(city, (field, value) -> checks.text(field, value, 100), "city"),
                said(language, checks::language, "language"),
                said(timeZone, checks::timeZone, "timeZone"),
                said(phone, (field, value) -> Phones.checked(checks, field, value, merchant), "phone"),
                said(email, checks::email, "email"),
                checks.map("identities", identities, 50, 200),
                checks.texts("tags", tags, 200, 100),
                checks.map("attributes", attributes, 200, 1_000),
                said(needType, (field, value) -> checks.oneOf(field, value, NEED_TYPES), "needType"),
                checks.texts("interests", interests, 200, 100),
                answers(checks, now));
        checks.orThrow();
        return profile;
    }

    private static String said(String value, BiFunction<String, String, String> check, String field) {
        return value != null && value.isBlank() ? "" : check.apply(field, value);
    }

    private LocalDate birthday(Checks checks, LocalDate today) {
        String text = checks.text("birthday", birthday, 10);
        if (text == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.isBefore(EARLIEST_BIRTHDAY) || day.isAfter(today)) {
                checks.violate("birthday", "must lie between " + EARLIEST_BIRTHDAY + " and today");
            }
            return day;
        } catch (DateTimeParseException e) {
            checks.violate("birthday", "is not a day such as 1990-05-20");
            return null;
        }
    }

    private List<Consents.Answer> answers(Checks checks, Instant now) {
        if (consents == null) {
            return List.of();
        }
        var answers = new EnumMap<Channel, Consents.Answer>(Channel.class);
        consents.forEach((name, granted) -> {
            String field = "consents." + name;
            Channel channel = ChannelName.parse(name).orElse(null);
            if (channel == null) {
                checks.violate(field, "is no channel; channels are " + ChannelName.all());
            } else if (granted == null) {
                checks.violate(field, "must be true or false");
            } else {
                answers.put(channel, new Consents.Answer(channel, new Consent(granted, now, "api")));
            }
        });
        return new ArrayList<>(answers.values());
    }
}
