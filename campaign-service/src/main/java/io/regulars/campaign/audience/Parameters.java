package io.regulars.campaign.audience;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.regulars.kit.money.Money;
import org.jdbi.v3.core.statement.SqlStatement;

/// The values of one compiled condition, each under a name of its own.
final class Parameters {

    private final Shop shop;
    private final Instant now;
    private final Map<String, Object> values = new HashMap<>();
    private int numbered;

    Parameters(Shop shop, Instant now) {
        this.shop = shop;
        this.now = now;
    }

    /// @return what stands for it in the SQL
    String add(Object value) {
        String name = "c" + numbered++;
        values.put(name, value);
        return value instanceof List<?> list && list.getFirst() instanceof String
                ? ":" + name + "::text[]"
                : ":" + name;
    }

    /// Once, however often it is asked for: the planner knows the merchant's rows by a constant, and by a column of
    /// the customer's row only where it makes a join of it.
    String merchant() {
        values.put("ofMerchant", shop.merchantId());
        return ":ofMerchant";
    }

    /// SQL that says `:zone` and `:now` gets both.
    String named(String sql) {
        if (sql.contains(":zone")) {
            values.put("inZone", shop.zone().getId());
        }
        if (sql.contains(":now")) {
            values.put("asOf", now);
        }
        return sql.replace(":zone", ":inZone").replace(":now", ":asOf");
    }

    Instant now() {
        return now;
    }

    /// An amount finer than the currency is rounded to what the currency has.
    Long minor(Object amount) {
        int digits = Money.digits(shop.currency());
        return Money.minor(((BigDecimal) amount).setScale(digits, RoundingMode.HALF_UP), shop.currency());
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        values.forEach((name, value) -> {
            switch (value) {
                case List<?> list when list.getFirst() instanceof Long -> statement.bindArray(name, Long.class, list);
                case List<?> list -> statement.bindArray(name, String.class, list);
                default -> statement.bind(name, value);
            }
        });
        return statement;
    }
}
