package io.regulars.customer.imports;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.regulars.customer.input.Amounts;
import io.regulars.customer.input.Checks;
import io.regulars.customer.merchant.Settings;
import io.regulars.customer.order.Statuses;
import io.regulars.customer.profile.Phones;

/// Reads one line of a file: gives the checked line, or what is wrong with it.
final class LineReader {

    private static final long MOST_UNITS = 1_000_000;
    private static final Pattern NUMBER_AS_FLOAT = Pattern.compile("(\\d+)\\.0+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?");
    private static final Set<String> YES = Set.of("true", "1", "yes", "y", "是");
    private static final Set<String> NO = Set.of("false", "0", "no", "n", "否");

    private final Layout layout;
    private final Settings merchant;
    private final Instant now;

    /// Lines of one order stand together and bear the same time.
    private String latestTimeText;

    private Instant latestTime;

    /// @param line null where the line is rejected
    /// @param errors why; where there is a line, what of it was left out
    record Reading(StagedLine line, List<LineError> errors) {}

    LineReader(Layout layout, Settings merchant, Instant now) {
        this.layout = layout;
        this.merchant = merchant;
        this.now = now;
    }

    Reading read(long lineNumber, List<String> fields) {
        return new One(lineNumber, fields).read();
    }

    private Instant time(String text) {
        if (!text.equals(latestTimeText)) {
            latestTime = When.parse(text, merchant.zone()).orElse(null);
            latestTimeText = text;
        }
        return latestTime;
    }

    /// One line under way.
    private final class One {
        private final long number;
        private final List<String> fields;
        private final Checks checks = new Checks();
        private final List<LineError> leftOut = new ArrayList<>();

        One(long number, List<String> fields) {
            this.number = number;
            this.fields = fields;
        }

        Reading read() {
            String document = checks.required(Field.ORDER_ID.word(), raw(Field.ORDER_ID), 200);
            boolean giveBack = layout.cancellingInvoices()
                    && document != null
                    && document.toUpperCase(Locale.ROOT).startsWith("C");
            String customer = customer();
            Instant at = instant(Field.ORDERED_AT, true);
            long quantity = quantity(giveBack);
            BigDecimal unitPrice = raw(Field.UNIT_PRICE) == null ? null : unitPrice();
            long discount = amount(Field.DISCOUNT);
            long paid = paid(quantity, unitPrice, discount, giveBack);
            var line = new StagedLine(
                    number,
                    document,
                    customer,
                    giveBack,
                    at,
                    Statuses.checked(checks, Field.STATUS.word(), raw(Field.STATUS)),
                    instant(Field.UPDATED_AT, false),
                    text(Field.PRODUCT_CODE, 100),
                    text(Field.PRODUCT_NAME, 300),
                    text(Field.CATEGORY, 200),
                    quantity,
                    unitPrice,
                    discount,
                    paid,
                    returned(quantity),
                    text(Field.CHANNEL, 50),
                    yes(Field.BIG_PROMOTION),
                    text(Field.COUPON_CODE, 100),
                    text(Field.CUSTOMER_NAME, 200),
                    contact(Field.PHONE),
                    contact(Field.EMAIL),
                    text(Field.REGION, 100));
            return checks.clean() ? new Reading(line, leftOut) : new Reading(null, errors());
        }

        private List<LineError> errors() {
            return checks.violations().stream()
                    .map(violation -> error(Field.named(violation.field()).orElseThrow(), violation.message()))
                    .toList();
        }

        private LineError error(Field field, String reason) {
            return new LineError(number, layout.name(field), reason, raw(field));
        }

        /// Spreadsheets turn the id 17850 into 17850.0.
        private String customer() {
            String id = raw(Field.CUSTOMER_ID);
            if (id == null) {
                checks.violate(Field.CUSTOMER_ID.word(), "the line names no customer");
                return null;
            }
            var asFloat = NUMBER_AS_FLOAT.matcher(id);
            return checks.required(Field.CUSTOMER_ID.word(), asFloat.matches() ? asFloat.group(1) : id, 200);
        }

        private Instant instant(Field field, boolean required) {
            String text = raw(field);
            if (text == null) {
                if (required) {
                    checks.violate(field.word(), "is required");
                }
                return null;
            }
            Instant at = time(text);
            if (at == null) {
                checks.violate(field.word(), "is no date and time such as 2026-03-01 12:00:00");
                return null;
            }
            return checks.instant(field.word(), at, now);
        }

        private long quantity(boolean giveBack) {
            BigDecimal number = raw(Field.QUANTITY) == null ? BigDecimal.ONE : number(Field.QUANTITY);
            if (number == null) {
                return 1;
            }
            BigDecimal units = giveBack && raw(Field.QUANTITY) != null ? number.negate() : number;
            if (units.stripTrailingZeros().scale() > 0) {
                checks.violate(Field.QUANTITY.word(), "must be a whole number");
            } else if (units.signum() <= 0) {
                checks.violate(
                        Field.QUANTITY.word(),
                        giveBack
                                ? "must be negative on a cancelling invoice"
                                : "must be 1 or more on an invoice that cancels nothing");
            } else if (units.compareTo(BigDecimal.valueOf(MOST_UNITS)) > 0) {
                checks.violate(Field.QUANTITY.word(), "must be at most %,d".formatted(MOST_UNITS));
            } else {
                return units.longValueExact();
            }
            return 1;
        }

        private long returned(long quantity) {
            BigDecimal number =
                    raw(Field.RETURNED_QUANTITY) == null ? BigDecimal.ZERO : number(Field.RETURNED_QUANTITY);
            if (number == null) {
                return 0;
            }
            if (number.stripTrailingZeros().scale() > 0
                    || number.signum() < 0
                    || number.compareTo(BigDecimal.valueOf(quantity)) > 0) {
                checks.violate(Field.RETURNED_QUANTITY.word(), "must be a whole number from 0 to the quantity");
                return 0;
            }
            return number.longValueExact();
        }

        private BigDecimal unitPrice() {
            BigDecimal price = number(Field.UNIT_PRICE);
            return price == null ? null : Amounts.unitPrice(checks, Field.UNIT_PRICE.word(), price);
        }

        private long amount(Field field) {
            BigDecimal number = raw(field) == null ? null : number(field);
            return number == null ? 0 : Amounts.rounded(checks, field.word(), number, merchant.currency());
        }

        /// What was paid for the line, or given back: the amount where the file says it, else what follows.
        private long paid(long quantity, BigDecimal unitPrice, long discount, boolean giveBack) {
            if (raw(Field.AMOUNT) != null) {
                BigDecimal said = number(Field.AMOUNT);
                return said == null
                        ? 0
                        : Amounts.rounded(
                                checks, Field.AMOUNT.word(), giveBack ? said.abs() : said, merchant.currency());
            }
            if (unitPrice == null) {
                if (raw(Field.UNIT_PRICE) == null) {
                    Field missing = layout.has(Field.UNIT_PRICE) ? Field.UNIT_PRICE : Field.AMOUNT;
                    checks.violate(missing.word(), "is required");
                }
                return 0;
            }
            long gross = Amounts.line(checks, Field.UNIT_PRICE.word(), quantity, unitPrice, merchant.currency());
            if (discount > gross) {
                checks.violate(Field.DISCOUNT.word(), "must not be more than quantity × unit price");
                return 0;
            }
            return gross - discount;
        }

        private boolean yes(Field field) {
            String text = raw(field);
            if (text == null || NO.contains(text.toLowerCase(Locale.ROOT))) {
                return false;
            }
            if (!YES.contains(text.toLowerCase(Locale.ROOT))) {
                checks.violate(field.word(), "must be true or false");
            }
            return true;
        }

        /// A bad number of a customer spoils no order: it is reported and left out.
        private String contact(Field field) {
            var own = new Checks();
            String value = field == Field.PHONE
                    ? Phones.checked(own, field.word(), raw(field), merchant)
                    : own.email(field.word(), raw(field));
            own.violations()
                    .forEach(violation -> leftOut.add(error(field, violation.message() + "; imported without it")));
            return value;
        }

        private BigDecimal number(Field field) {
            String text = raw(field);
            if (!NUMBER.matcher(text).matches()) {
                checks.violate(field.word(), "is no number");
                return null;
            }
            return new BigDecimal(text);
        }

        private String text(Field field, int longest) {
            return checks.text(field.word(), raw(field), longest);
        }

        /// The field's text without blanks around; null where it is blank or the file has no such column.
        private String raw(Field field) {
            Integer place = layout.columns().get(field);
            if (place == null || place >= fields.size()) {
                return null;
            }
            String text = fields.get(place).strip();
            return text.isEmpty() ? null : text;
        }
    }
}
