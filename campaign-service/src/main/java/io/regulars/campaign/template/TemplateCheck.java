package io.regulars.campaign.template;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;
import io.regulars.campaign.reading.Faults;

/// Finds what is wrong with a template when it is saved, so that nothing is when it is sent.
public final class TemplateCheck {

    private static final Set<String> FALLBACKS = Set.of("or", "?:");

    private final Set<String> filled;
    private final String unfilledReason;
    private final Faults faults;

    /// @param filled the variables that will surely have a meaning here; any other needs a fallback
    /// @param unfilledReason why another may have none, for people
    public TemplateCheck(Set<String> filled, String unfilledReason, Faults faults) {
        this.filled = filled;
        this.unfilledReason = unfilledReason;
        this.faults = faults;
    }

    public void check(String path, Text template) {
        check(path + ".subject", template.subject(), Templates.PLAIN);
        check(path + ".text", template.text(), Templates.PLAIN);
        check(path + ".html", template.html(), Templates.HTML);
    }

    private void check(String path, String text, Templates templates) {
        if (text == null) {
            return;
        }
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
        template.getExpressions().forEach(expression -> check(path, expression));
    }

    private void check(String path, Expression expression) {
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
        if (!Variables.known(name)) {
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
            part.asVirtualMethod().getParameters().forEach(fallback -> check(path, fallback));
        }
        if (rest.isEmpty() && !filled.contains(name)) {
            faults.add(
                    path,
                    "{" + name + "} may have no value: " + unfilledReason + "; give a fallback such as {" + name
                            + " ?: '…'}");
        }
    }
}
