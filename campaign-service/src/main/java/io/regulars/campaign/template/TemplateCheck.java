package io.regulars.campaign.template;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;
import io.regulars.campaign.reading.Faults;

/// Finds what is wrong with a template when it is saved, so that nothing is when it is sent.
public final class TemplateCheck {

    private static final Set<String> FALLBACKS = Set.of("or", "?:");

    private final Predicate<String> filled;
    private final String unfilledReason;
    private final Faults faults;
    private Set<String> fallbacks = Set.of();

    /// @param filled the variables that will surely have a meaning here; any other needs a fallback
    /// @param unfilledReason why another may have none, for people
    public TemplateCheck(Set<String> filled, String unfilledReason, Faults faults) {
        this(filled::contains, unfilledReason, faults);
    }

    /// Of a text that any cause may fill: what has no value is seen when a campaign names it.
    public static TemplateCheck ofAnyCause(Faults faults) {
        return new TemplateCheck(variable -> true, "", faults);
    }

    private TemplateCheck(Predicate<String> filled, String unfilledReason, Faults faults) {
        this.filled = filled;
        this.unfilledReason = unfilledReason;
        this.faults = faults;
    }

    public void check(String path, Text template) {
        check(path, template, "html");
    }

    /// @param html the field that the HTML was made from
    public void check(String path, Text template, String html) {
        fallbacks = template.fallbacks().keySet();
        check(path + ".subject", template.subject(), Templates.PLAIN);
        check(path + ".preheader", template.preheader(), Templates.PLAIN);
        check(path + ".text", template.text(), Templates.PLAIN);
        check(path + "." + html, template.html(), Templates.HTML);
        template.translations()
                .forEach((language, translation) -> check(path + ".translations." + language, translation, "html"));
    }

    private void check(String path, String text, Templates templates) {
        if (text == null) {
            return;
        }
        int before = faults.violations().size();
        Template template;
        try {
            template = templates.parse(text);
        } catch (io.quarkus.qute.TemplateException e) {
            faults.add(
                    path,
                    "is no template: " + e.getMessage().lines().findFirst().orElse("unreadable"));
            return;
        }
        if (!template.getParameterDeclarations().isEmpty()) {
            faults.add(path, "must not declare parameters");
        }
        Loops loops = Loops.of(text, fault -> faults.add(path, fault));
        template.getExpressions().forEach(expression -> check(path, expression, loops));
        if (faults.violations().size() == before) {
            Trial.faults(template).ifPresent(fault -> faults.add(path, fault));
        }
    }

    private void check(String path, Expression expression, Loops loops) {
        if (expression.isLiteral()) {
            return;
        }
        if (expression.getNamespace() != null) {
            faults.add(
                    path,
                    "unknown namespace " + expression.getNamespace() + ": in {" + expression.toOriginalString() + "}");
            return;
        }
        List<Expression.Part> parts = expression.getParts();
        String name = parts.stream()
                .takeWhile(part -> !part.isVirtualMethod())
                .map(Expression.Part::getName)
                .collect(Collectors.joining("."));
        List<Expression.Part> rest =
                parts.stream().dropWhile(part -> !part.isVirtualMethod()).toList();
        String ofProduct = loops.ofProduct(name);
        if (ofProduct != null && !Variables.OF_PRODUCT.contains(ofProduct)) {
            faults.add(
                    path, "unknown {" + name + "}; of a product is known " + String.join(", ", Variables.OF_PRODUCT));
            return;
        }
        if (ofProduct == null
                && !Variables.LISTS.contains(name)
                && !loops.ofIteration(name)
                && !Variables.known(name)) {
            faults.add(
                    path,
                    "unknown variable {" + name + "}; known are " + String.join(", ", Variables.ALL) + ", event.*");
            return;
        }
        for (Expression.Part part : rest) {
            if (!part.isVirtualMethod() || !FALLBACKS.contains(part.getName())) {
                faults.add(
                        path,
                        "{" + expression.toOriginalString() + "} calls " + part.getName()
                                + "; only a fallback such as {" + name + " ?: '…'} is known");
                return;
            }
            part.asVirtualMethod().getParameters().forEach(fallback -> check(path, fallback, loops));
        }
        if (Variables.LISTS.contains(name) || loops.ofIteration(name)) {
            return;
        }
        if (ofProduct != null) {
            if (rest.isEmpty() && !Variables.OF_EVERY_PRODUCT.contains(ofProduct)) {
                faults.add(path, "{" + name + "} may have no value; give a fallback such as {" + name + " ?: '…'}");
            }
            return;
        }
        if (rest.isEmpty() && !fallbacks.contains(name) && !filled.test(name)) {
            faults.add(
                    path,
                    "{" + name + "} may have no value: " + unfilledReason + "; give a fallback such as {" + name
                            + " ?: '…'}");
        }
    }
}
