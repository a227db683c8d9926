package io.regulars.campaign.template;

import java.util.function.Consumer;

import ch.digitalfondue.mjml4j.Mjml4j;

/// Compiles MJML (<https://documentation.mjml.io>) to HTML that mail programs show alike: tables with inline
/// styles, a second set of them for Outlook, one column on telephones. Variables stay in place; a `{#if}` or
/// `{#for}` around components stands in `<mj-raw>`.
final class Mjml {

    static final int LONGEST = 100_000;

    private static final int LONGEST_HTML = 190_000;

    private Mjml() {}

    /// Null where there are faults, each of which has been told, with its line.
    ///
    /// @param language BCP 47, which readers aloud go by
    static String compile(String source, String language, Consumer<String> fault) {
        var told = new boolean[1];
        Consumer<String> telling = message -> {
            told[0] = true;
            fault.accept(message);
        };
        try {
            MjmlCheck.check(source, telling);
            HtmlCheck.ofMjml(source, telling);
            if (told[0]) {
                return null;
            }
            String html = Mjml4j.render(source, new Mjml4j.Configuration(language, Mjml4j.TextDirection.LTR));
            String finished = Html.withDarkMode(Html.withQuietStyles(Html.inFewLines(html)));
            HtmlCheck.ofCompiled(finished).forEach(telling);
            if (finished.length() > LONGEST_HTML) {
                telling.accept("becomes HTML of more than " + LONGEST_HTML + " characters");
            }
            return told[0] ? null : finished;
        } catch (RuntimeException | StackOverflowError e) {
            // the library reports no places; what it trips over was not seen before, or lies too deep
            telling.accept("cannot be compiled: " + e.getMessage());
            return null;
        }
    }
}
