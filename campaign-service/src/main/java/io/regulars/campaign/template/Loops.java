package io.regulars.campaign.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The loops of a template: `{#for p in recommended.any} … {#else} … {/for}`, over recommended products
/// alone, none within another, and each with a word for customers who have none.
///
/// @param names what the products are called
record Loops(Set<String> names) {

    private static final Pattern TOKEN = Pattern.compile("\\{#(\\w+)([^{}]*?)(/?)}|\\{/(\\w*)}");
    private static final Pattern HEAD = Pattern.compile("\\s+([A-Za-z]\\w{0,30})\\s+in\\s+(\\S+?)\\s*");
    private static final List<String> OF_ITERATION =
            List.of("_count", "_index", "_hasNext", "_odd", "_even", "_isFirst", "_isLast");

    private record Open(String section, boolean loop, boolean[] other) {}

    static Loops of(String template, Consumer<String> fault) {
        Set<String> names = new HashSet<>();
        Deque<Open> open = new ArrayDeque<>();
        Matcher tokens = TOKEN.matcher(template);
        while (tokens.find()) {
            String section = tokens.group(1);
            if (section == null) {
                close(open, fault);
            } else if ("else".equals(section)) {
                if (!open.isEmpty()) {
                    open.peek().other()[0] = true;
                }
            } else {
                boolean loop = "for".equals(section) || "each".equals(section);
                if (loop) {
                    begin(tokens, open, names, fault);
                }
                if (tokens.group(3).isEmpty()) {
                    open.push(new Open(section, loop, new boolean[1]));
                }
            }
        }
        return new Loops(Set.copyOf(names));
    }

    private static void begin(Matcher token, Deque<Open> open, Set<String> names, Consumer<String> fault) {
        Matcher head = HEAD.matcher(token.group(2));
        if ("each".equals(token.group(1)) || !head.matches()) {
            fault.accept(token.group() + " must be a loop such as {#for p in recommended.any}");
            return;
        }
        if (!Variables.LISTS.contains(head.group(2))) {
            fault.accept("loops go over " + String.join(", ", Variables.LISTS) + " and not over " + head.group(2));
        }
        if (open.stream().anyMatch(Open::loop)) {
            fault.accept(token.group() + " stands within another loop");
        }
        if (Variables.ALL.stream().anyMatch(known -> known.split("\\.")[0].equals(head.group(1)))
                || Variables.EVENT.equals(head.group(1))
                || Variables.RECOMMENDED.startsWith(head.group(1) + ".")) {
            fault.accept(head.group(1) + " is a variable already and cannot name a product");
        }
        names.add(head.group(1));
    }

    private static void close(Deque<Open> open, Consumer<String> fault) {
        if (!open.isEmpty()) {
            Open closed = open.pop();
            if (closed.loop() && !closed.other()[0]) {
                fault.accept("a loop needs an {#else} for customers who have no such product");
            }
        }
    }

    /// Whether it tells where in a loop it stands: `p_hasNext`.
    boolean ofIteration(String variable) {
        return OF_ITERATION.stream()
                .anyMatch(end -> variable.endsWith(end)
                        && names.contains(variable.substring(0, variable.length() - end.length())));
    }

    /// What of a product the variable names; null where it is none of a loop's.
    String ofProduct(String variable) {
        int dot = variable.indexOf('.');
        return dot > 0 && names.contains(variable.substring(0, dot)) ? variable.substring(dot + 1) : null;
    }
}
