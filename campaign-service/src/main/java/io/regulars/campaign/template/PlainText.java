package io.regulars.campaign.template;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/// The text part of an e-mail whose author wrote HTML alone: what is to be read, paragraph by paragraph, with
/// where links lead, and what pictures show. Variables stay in place.
final class PlainText {

    private PlainText() {}

    static String of(String html) {
        var text = new StringBuilder();
        Jsoup.parse(html).body().traverse(new NodeVisitor() {

            private int hidden;

            @Override
            public void head(Node node, int depth) {
                if (node instanceof Element element) {
                    hidden += isHidden(element) ? 1 : 0;
                    if (hidden == 0) {
                        begin(element);
                    }
                } else if (hidden == 0 && node instanceof TextNode words) {
                    text.append(words.text());
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element) {
                    if (hidden == 0) {
                        end(element);
                    }
                    hidden -= isHidden(element) ? 1 : 0;
                }
            }

            private void begin(Element element) {
                switch (element.normalName()) {
                    case "br" -> text.append('\n');
                    case "li" -> text.append("\n- ");
                    case "img" -> text.append(element.attr("alt"));
                    case "p", "h1", "h2", "h3", "h4", "ul", "ol", "table" -> text.append("\n\n");
                    case "div", "tr" -> text.append('\n');
                    case "td", "th" -> text.append(' ');
                    default -> {}
                }
            }

            private void end(Element element) {
                switch (element.normalName()) {
                    case "p", "h1", "h2", "h3", "h4", "ul", "ol", "table" -> text.append("\n\n");
                    case "div", "tr" -> text.append('\n');
                    case "a" -> {
                        String link = element.attr("href").strip();
                        if (!link.isEmpty()
                                && !link.startsWith("#")
                                && !element.text().contains(link)) {
                            text.append(' ').append(link);
                        }
                    }
                    default -> {}
                }
            }
        });
        return text.toString()
                .replaceAll("[\\h\u2007\u034F]+", " ")
                .replaceAll(" ?\n ?", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    private static boolean isHidden(Element element) {
        return switch (element.normalName()) {
            case "style", "script", "head", "title" -> true;
            default -> element.attr("style").replace(" ", "").contains("display:none");
        };
    }
}
