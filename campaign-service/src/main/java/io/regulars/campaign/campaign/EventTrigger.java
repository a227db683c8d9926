package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Begins with an event that the shop tells over the API.
///
/// @param where conditions on its properties, all of which must hold
public record EventTrigger(String name, List<Test> where) implements Trigger {

    private static final int LONGEST = 300;

    /// @param op `eq`, `ne`, or one that compares numbers: `lt`, `le`, `gt`, `ge`
    public record Test(String property, String op, String value) {

        static final List<String> OPS = List.of("eq", "ne", "lt", "le", "gt", "ge");

        boolean holds(String actual) {
            if (actual == null) {
                return "ne".equals(op);
            }
            return switch (op) {
                case "eq" -> same(actual);
                case "ne" -> !same(actual);
                default -> {
                    BigDecimal number = number(actual);
                    yield number != null && compares(number.compareTo(new BigDecimal(value)));
                }
            };
        }

        private boolean same(String actual) {
            BigDecimal one = number(actual);
            BigDecimal other = number(value);
            return one != null && other != null ? one.compareTo(other) == 0 : actual.equals(value);
        }

        private boolean compares(int sign) {
            return switch (op) {
                case "lt" -> sign < 0;
                case "le" -> sign <= 0;
                case "gt" -> sign > 0;
                default -> sign >= 0;
            };
        }

        /// Null where the text is no number of a sensible length.
        static BigDecimal number(String text) {
            try {
                return text.length() > 30 ? null : new BigDecimal(text);
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    /// Properties as templates know them; of a long value what fits into one.
    public static Map<String, String> context(Map<String, String> properties) {
        Map<String, String> context = new LinkedHashMap<>();
        properties.forEach((property, value) ->
                context.put("event." + property, value.length() <= LONGEST ? value : value.substring(0, LONGEST)));
        return context;
    }

    public boolean matches(String told, Map<String, String> properties) {
        return name.equals(told) && where.stream().allMatch(test -> test.holds(properties.get(test.property())));
    }
}
