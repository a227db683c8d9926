package io.regulars.campaign.template;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Fills templates.
public final class Renderer {

    private static final int LONGEST_VALUE = 300;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\u202a-\u202e\u2066-\u2069]+");

    private Renderer() {}

    /// @param values by variable's name, of those that have one
    public static Text render(Text template, Map<String, String> values) throws TemplateException {
        Map<String, Object> tree = tree(values);
        return new Text(
                fill(template.subject(), tree, Templates.PLAIN),
                fill(template.text(), tree, Templates.PLAIN),
                fill(template.html(), tree, Templates.HTML));
    }

    /// A page for a text that has none of its own.
    public static String asHtml(String text) {
        return "<!doctype html><html><body><p>" + Templates.escape(text).replace("\n", "<br>\n") + "</p></body></html>";
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

    /// `customer.name` as `name` under `customer`; control characters, with which a value could begin a header or
    /// turn the reading direction, become blanks.
    private static Map<String, Object> tree(Map<String, String> values) {
        Map<String, Object> tree = new HashMap<>();
        tree.put(Variables.EVENT, new HashMap<String, Object>());
        Variables.ALL.forEach(variable -> {
            int dot = variable.indexOf('.');
            if (dot > 0) {
                tree.computeIfAbsent(variable.substring(0, dot), group -> new HashMap<String, Object>());
            }
        });
        values.forEach((variable, value) -> {
            if (value == null || value.isBlank()) {
                return;
            }
            int dot = variable.indexOf('.');
            if (dot < 0) {
                tree.put(variable, clean(value));
            } else if (tree.get(variable.substring(0, dot)) instanceof Map<?, ?> group) {
                put(group, variable.substring(dot + 1), clean(value));
            }
        });
        return tree;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<?, ?> group, String name, String value) {
        ((Map<String, Object>) group).put(name, value);
    }

    private static String clean(String value) {
        String printable = UNPRINTABLE.matcher(value).replaceAll(" ");
        return printable.length() <= LONGEST_VALUE ? printable : printable.substring(0, LONGEST_VALUE);
    }
}
