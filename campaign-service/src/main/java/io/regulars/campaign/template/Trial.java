package io.regulars.campaign.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;

/// Fills a template with a value for everything: what then fails would fail for everybody, such as a product
/// that is named outside of its loop.
final class Trial {

    /// A number too, for conditions that compare.
    private static final String VALUE = "1";

    private static final int LONGEST = 400_000;

    private Trial() {}

    static Optional<String> faults(Template template) {
        Map<String, Object> tree = new HashMap<>();
        for (Expression expression : template.getExpressions()) {
            fill(tree, expression);
        }
        Map<String, String> product = new HashMap<>();
        Variables.OF_PRODUCT.forEach(field -> product.put(field, VALUE));
        Map<String, Object> recommended = new HashMap<>();
        Variables.LISTS.forEach(
                list -> recommended.put(list.substring(Variables.RECOMMENDED.length()), List.of(product)));
        tree.put("recommended", recommended);
        try {
            return template.instance().data(tree).render().length() > LONGEST
                    ? Optional.of("is longer than " + LONGEST + " characters when it is filled")
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("cannot be filled: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason"));
        }
    }

    @SuppressWarnings("unchecked")
    private static void fill(Map<String, Object> tree, Expression expression) {
        if (expression.isLiteral() || expression.getParts().isEmpty()) {
            return;
        }
        List<Expression.Part> parts = expression.getParts();
        String first = parts.getFirst().getName();
        boolean grouped = parts.size() > 1 && !parts.get(1).isVirtualMethod();
        if (!Variables.known(grouped ? first + "." + parts.get(1).getName() : first)) {
            return;
        }
        if (grouped) {
            ((Map<String, Object>) tree.computeIfAbsent(first, group -> new HashMap<String, Object>()))
                    .put(parts.get(1).getName(), VALUE);
        } else {
            tree.put(first, VALUE);
        }
        parts.stream()
                .filter(Expression.Part::isVirtualMethod)
                .flatMap(part -> part.asVirtualMethod().getParameters().stream())
                .forEach(parameter -> fill(tree, parameter));
    }
}
