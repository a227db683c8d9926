package io.regulars.campaign.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkus.qute.Expression;

/// The variables that a text names.
public final class Mentioned {

    private Mentioned() {}

    /// By name, in the order of the text, whether a customer who lacks it goes without the message: somewhere
    /// it stands without a fallback. Products of a loop are told by the list's name.
    ///
    /// @param text one that was checked
    public static Map<String, Boolean> in(Text text) {
        Map<String, Boolean> named = new LinkedHashMap<>();
        text.variants()
                .forEach(variant ->
                        inOne(variant).forEach((name, without) -> named.merge(name, without, Boolean::logicalOr)));
        return named;
    }

    /// The same of one language.
    public static Map<String, Boolean> inOne(Text variant) {
        Map<String, Boolean> named = new LinkedHashMap<>();
        Stream.of(variant.subject(), variant.preheader(), variant.text()).forEach(part -> {
            if (part != null) {
                add(named, Templates.PLAIN, part, variant.fallbacks());
            }
        });
        if (variant.html() != null) {
            add(named, Templates.HTML, variant.html(), variant.fallbacks());
        }
        return named;
    }

    private static void add(
            Map<String, Boolean> named, Templates templates, String part, Map<String, String> fallbacks) {
        templates.parse(part).getExpressions().forEach(expression -> add(named, expression, fallbacks));
    }

    private static void add(Map<String, Boolean> named, Expression expression, Map<String, String> fallbacks) {
        if (expression.isLiteral() || expression.getNamespace() != null) {
            return;
        }
        List<Expression.Part> parts = expression.getParts();
        String name = parts.stream()
                .takeWhile(part -> !part.isVirtualMethod())
                .map(Expression.Part::getName)
                .collect(Collectors.joining("."));
        List<Expression.Part> rest =
                parts.stream().dropWhile(part -> !part.isVirtualMethod()).toList();
        rest.forEach(
                part -> part.asVirtualMethod().getParameters().forEach(parameter -> add(named, parameter, fallbacks)));
        if (Variables.known(name)) {
            named.merge(name, rest.isEmpty() && !fallbacks.containsKey(name), Boolean::logicalOr);
        } else if (Variables.LISTS.contains(name)) {
            named.putIfAbsent(name, false);
        }
    }
}
