package io.regulars.campaign.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Fills templates.
public final class Renderer {

    private static final int LONGEST_VALUE = 300;

    /// With which a value could begin a header, turn the reading direction, or pass for one of our marks of
    /// links.
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\u202a-\u202e\u2066-\u2069\uE000\uE001]+");

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'（），。；]+");

    private Renderer() {}

    /// @param values by variable's name, of those that have one
    public static Text render(Text template, Map<String, String> values) throws TemplateException {
        return render(template, values, Map.of());
    }

    /// @param lists products by the list's name, each by what it tells
    public static Text render(Text template, Map<String, String> values, Map<String, List<Map<String, String>>> lists)
            throws TemplateException {
        Map<String, Object> tree = tree(template.fallbacks(), values, lists);
        return new Text(
                fill(template.subject(), tree, Templates.PLAIN),
                fill(template.preheader(), tree, Templates.PLAIN),
                fill(template.text(), tree, Templates.PLAIN),
                fill(template.html(), tree, Templates.HTML),
                Map.of(),
                Map.of());
    }

    /// A page for a text that has none of its own.
    ///
    /// @param preheader null for none
    public static String asHtml(String text, String preheader) {
        String escaped =
                LINK.matcher(Templates.escape(text).replace("\n", "<br>\n")).replaceAll("<a href=\"$0\">$0</a>");
        String page = "<!doctype html><html><body><p>" + escaped + "</p></body></html>";
        return preheader == null ? page : Html.withPreheader(page, Templates.escape(preheader));
    }

    public static String asHtml(String text) {
        return asHtml(text, null);
    }

    private static String fill(String template, Map<String, Object> values, Templates templates)
            throws TemplateException {
        if (template == null) {
            return null;
        }
        try {
            return templates.parse(template).instance().data(values).render();
        } catch (io.quarkus.qute.TemplateException e) {
            throw new TemplateException(e.getMessage().lines().findFirst().orElse("cannot be filled"), e);
        }
    }

    /// `customer.name` as `name` under `customer`.
    private static Map<String, Object> tree(
            Map<String, String> fallbacks, Map<String, String> values, Map<String, List<Map<String, String>>> lists) {
        Map<String, Object> tree = new HashMap<>();
        tree.put(Variables.EVENT, new HashMap<String, Object>());
        Variables.ALL.forEach(variable -> {
            int dot = variable.indexOf('.');
            if (dot > 0) {
                tree.computeIfAbsent(variable.substring(0, dot), group -> new HashMap<String, Object>());
            }
        });
        Map<String, Object> recommended = new HashMap<>();
        Variables.LISTS.forEach(list -> recommended.put(
                list.substring(Variables.RECOMMENDED.length()),
                lists.getOrDefault(list, List.of()).stream()
                        .map(Renderer::product)
                        .toList()));
        tree.put(Variables.RECOMMENDED.substring(0, Variables.RECOMMENDED.length() - 1), recommended);
        fallbacks.forEach((variable, value) -> put(tree, variable, value));
        values.forEach((variable, value) -> put(tree, variable, value));
        return tree;
    }

    private static Map<String, String> product(Map<String, String> told) {
        Map<String, String> product = new HashMap<>();
        told.forEach((field, value) -> {
            if (value != null && !value.isBlank()) {
                product.put(field, clean(value));
            }
        });
        return product;
    }

    private static void put(Map<String, Object> tree, String variable, String value) {
        if (value == null || value.isBlank()) {
            return;
        }
        int dot = variable.indexOf('.');
        if (dot < 0) {
            tree.put(variable, clean(value));
        } else if (tree.get(variable.substring(0, dot)) instanceof Map<?, ?> group) {
            putIn(group, variable.substring(dot + 1), clean(value));
        }
    }

    @SuppressWarnings("unchecked")
    private static void putIn(Map<?, ?> group, String name, String value) {
        ((Map<String, Object>) group).put(name, value);
    }

    /// Unprintable characters become blanks.
    private static String clean(String value) {
        String printable = UNPRINTABLE.matcher(value).replaceAll(" ");
        return printable.length() <= LONGEST_VALUE ? printable : printable.substring(0, LONGEST_VALUE);
    }
}
