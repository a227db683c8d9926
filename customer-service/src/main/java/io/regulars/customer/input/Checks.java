package io.regulars.customer.input;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.regulars.kit.problem.Problems;
import io.regulars.kit.problem.Violation;

/// Collects what is wrong with one written thing, so that its writer learns all of it at once. Each check gives
/// the value in the form in which it is kept.
public final class Checks {

    private static final Duration FUTURE = Duration.ofDays(1);

    /// The shape of an address, not its existence: what mail servers take in practice.
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
                    + "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])");

    private final List<Violation> violations = new ArrayList<>();

    public void violate(String field, String message) {
        violations.add(new Violation(field, message));
    }

    public boolean clean() {
        return violations.isEmpty();
    }

    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem 422 with every violation
    public void orThrow() {
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations());
        }
    }

    /// Blanks around are dropped; what is blank is absent.
    public String text(String field, String value, int longest) {
        if (value == null) {
            return null;
        }
        if (value.indexOf('\0') >= 0) {
            violate(field, "must not contain the NUL character");
            return null;
        }
        String text = value.strip();
        if (text.codePointCount(0, text.length()) > longest) {
            violate(field, "must be at most %,d characters".formatted(longest));
            return null;
        }
        if (!wellFormed(text)) {
            violate(field, "must be well-formed Unicode");
            return null;
        }
        return text.isEmpty() ? null : text;
    }

    public String required(String field, String value, int longest) {
        int before = violations.size();
        String text = text(field, value, longest);
        if (text == null && violations.size() == before) {
            violate(field, "is required");
        }
        return text;
    }

    public <T> T required(String field, T value) {
        if (value == null) {
            violate(field, "is required");
        }
        return value;
    }

    public String oneOf(String field, String value, Collection<String> known) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip().toLowerCase(Locale.ROOT);
        if (!known.contains(text)) {
            violate(field, "must be one of " + String.join(", ", known));
            return null;
        }
        return text;
    }

    public String email(String field, String value) {
        String text = text(field, value, 254);
        if (text != null && !EMAIL.matcher(text).matches()) {
            violate(field, "is not an e-mail address");
            return null;
        }
        return text;
    }

    public String timeZone(String field, String value) {
        String text = text(field, value, 64);
        if (text == null) {
            return null;
        }
        try {
            ZoneId zone = ZoneId.of(text);
            if (ZoneId.getAvailableZoneIds().contains(zone.getId())) {
                return zone.getId();
            }
        } catch (DateTimeException unknown) {
            violate(field, "is not an IANA time zone such as Asia/Shanghai");
            return null;
        }
        violate(field, "is not an IANA time zone such as Asia/Shanghai");
        return null;
    }

    public String language(String field, String value) {
        String text = text(field, value, 35);
        if (text == null) {
            return null;
        }
        try {
            return new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            violate(field, "is not a BCP 47 language such as zh-CN");
            return null;
        }
    }

    /// From 1970 to a day after now: a shop's clock may be ahead of ours, not by more.
    public Instant instant(String field, Instant value, Instant now) {
        if (value == null) {
            return null;
        }
        if (value.isBefore(Instant.EPOCH)) {
            violate(field, "must not be before 1970");
            return null;
        }
        if (value.isAfter(now.plus(FUTURE))) {
            violate(field, "must not be more than a day in the future");
            return null;
        }
        return value.truncatedTo(ChronoUnit.MICROS);
    }

    /// A list without blanks and repetitions, in its order; null where it is absent.
    public List<String> texts(String field, List<String> values, int most, int longest) {
        if (values == null) {
            return null;
        }
        if (values.size() > most) {
            violate(field, "must hold at most " + most + " entries");
            return null;
        }
        var kept = new ArrayList<String>();
        for (int i = 0; i < values.size(); i++) {
            String text = required(field + "[" + i + "]", values.get(i), longest);
            if (text != null && !kept.contains(text)) {
                kept.add(text);
            }
        }
        return kept;
    }

    /// Names to texts; null where it is absent.
    public Map<String, String> map(String field, Map<String, String> values, int most, int longest) {
        if (values == null) {
            return null;
        }
        if (values.size() > most) {
            violate(field, "must hold at most " + most + " entries");
            return null;
        }
        var kept = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> {
            String key = required(field + " (a name in it)", name, 100);
            String text = required(field + "." + key, value, longest);
            if (key != null && text != null) {
                kept.put(key, text);
            }
        });
        return kept;
    }

    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }
}
