package io.regulars.campaign.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Map.entry;

/// Finds what is wrong with the structure of MJML: unknown components, components in the wrong place, what is
/// not closed, text that stands between them and would be lost. Every fault names its line.
final class MjmlCheck {

    private static final List<String> CONTENT = List.of(
            "mj-text",
            "mj-image",
            "mj-button",
            "mj-divider",
            "mj-spacer",
            "mj-table",
            "mj-social",
            "mj-navbar",
            "mj-raw");

    /// What may stand in what. Accordions and carousels are forms, which few mail programs show.
    private static final Map<String, List<String>> WITHIN = Map.ofEntries(
            entry("", List.of("mjml")),
            entry("mjml", List.of("mj-head", "mj-body")),
            entry(
                    "mj-head",
                    List.of("mj-title", "mj-preview", "mj-attributes", "mj-style", "mj-breakpoint", "mj-font")),
            entry("mj-body", List.of("mj-section", "mj-wrapper", "mj-hero", "mj-raw")),
            entry("mj-wrapper", List.of("mj-section", "mj-hero", "mj-raw")),
            entry("mj-section", List.of("mj-column", "mj-group", "mj-raw")),
            entry("mj-group", List.of("mj-column", "mj-raw")),
            entry("mj-column", CONTENT),
            entry("mj-hero", CONTENT),
            entry("mj-social", List.of("mj-social-element")),
            entry("mj-navbar", List.of("mj-navbar-link")));

    /// What holds HTML, which is taken as it is.
    private static final Set<String> OF_HTML = Set.of(
            "mj-text",
            "mj-button",
            "mj-table",
            "mj-social-element",
            "mj-navbar-link",
            "mj-raw",
            "mj-title",
            "mj-preview",
            "mj-style");

    private static final Pattern TOKEN =
            Pattern.compile("(?s)<!--.*?-->|<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>");

    private static final Pattern PICTURE = Pattern.compile("\\ssrc\\s*=");

    private static final Pattern SINGLE_QUOTED = Pattern.compile("='[^']*\"[^']*'");

    private record Open(String tag, int line) {}

    private final String source;
    private final Consumer<String> fault;
    private final Deque<Open> open = new ArrayDeque<>();
    private int line = 1;
    private int seen;
    private boolean body;

    private MjmlCheck(String source, Consumer<String> fault) {
        this.source = source;
        this.fault = fault;
    }

    static void check(String source, Consumer<String> fault) {
        new MjmlCheck(source, fault).check();
    }

    private void check() {
        Matcher tokens = TOKEN.matcher(source);
        int after = 0;
        while (tokens.find()) {
            between(after, tokens.start());
            at(tokens.start());
            if (tokens.group(2) != null) {
                tag(tokens.group(2), !tokens.group(1).isEmpty(), tokens.group(3));
            }
            after = tokens.end();
        }
        between(after, source.length());
        open.forEach(left -> fault.accept("line " + left.line() + ": <" + left.tag() + "> is not closed"));
        if (!body) {
            fault.accept("must hold <mjml> with an <mj-body>");
        }
    }

    private void at(int offset) {
        for (; seen < offset; seen++) {
            line += source.charAt(seen) == '\n' ? 1 : 0;
        }
    }

    private String top() {
        return open.isEmpty() ? "" : open.peek().tag();
    }

    private void between(int from, int to) {
        String text = source.substring(from, to);
        if (!text.isBlank() && !OF_HTML.contains(top())) {
            at(from + text.length() - text.stripLeading().length());
            say("\"" + brief(text.strip()) + "\" stands outside of <mj-text>; {#if} and {#for} go into <mj-raw>");
        }
    }

    private static String brief(String text) {
        String start = text.lines().findFirst().orElse("");
        return start.length() <= 40 ? start : start.substring(0, 40) + "…";
    }

    private void say(String message) {
        fault.accept("line " + line + ": " + message);
    }

    private void tag(String tag, boolean closes, String rest) {
        boolean component = "mjml".equals(tag) || tag.startsWith("mj-");
        if (OF_HTML.contains(top()) && !(closes && tag.equals(top()))) {
            if (component) {
                say("<" + (closes ? "/" : "") + tag + "> stands within <" + top() + ">, which holds HTML");
            }
            return;
        }
        if (closes) {
            close(tag);
            return;
        }
        if ("mj-attributes".equals(top())) {
            // defaults of any component
            if (!rest.endsWith("/")) {
                open.push(new Open(tag, line));
            }
            return;
        }
        if (!component) {
            say("<" + tag + "> stands outside of <mj-text>");
        } else if (!WITHIN.getOrDefault(top(), List.of()).contains(tag)) {
            say("<" + tag + "> has no place in " + (open.isEmpty() ? "a template" : "<" + top() + ">") + "; known are "
                    + String.join(", ", WITHIN.getOrDefault(top(), List.of())));
        }
        if (SINGLE_QUOTED.matcher(rest).find()) {
            say("<" + tag + "> must have no \" within the value of an attribute");
        }
        if ("mj-social-element".equals(tag) && !PICTURE.matcher(rest).find()) {
            say(
                    "<mj-social-element> needs a src of your own: the picture that its name stands for lies with others, who"
                            + " would see who reads");
        }
        body |= "mj-body".equals(tag);
        if (!rest.endsWith("/")) {
            open.push(new Open(tag, line));
        }
    }

    private void close(String tag) {
        if (open.stream().noneMatch(one -> one.tag().equals(tag))) {
            say("</" + tag + "> closes nothing");
            return;
        }
        while (!top().equals(tag)) {
            Open left = open.pop();
            fault.accept("line " + left.line() + ": <" + left.tag() + "> is not closed");
        }
        open.pop();
    }
}
