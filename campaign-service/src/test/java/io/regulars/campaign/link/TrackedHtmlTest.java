package io.regulars.campaign.link;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TrackedHtmlTest {

    private static String filled(String html) {
        return TrackedHtml.fill(TrackedHtml.of(html).template(), number -> "L" + number, "P");
    }

    @Test
    void numbersWhatIsWrittenOut() {
        String html = """
                <body><a class="x" href="https://shop.example/a?x=1&amp;y=2">a</a> <A HREF='http://shop.example/b'>b</A>
                <a href="https://shop.example/a?x=1&amp;y=2">again</a></body>\
                """;

        assertThat(TrackedHtml.of(html).urls())
                .containsExactly(
                        "https://shop.example/a?x=1&y=2", "http://shop.example/b", "https://shop.example/a?x=1&y=2");
        assertThat(filled(html))
                .contains("<a class=\"x\" href=\"L0\">a</a>", "<A HREF='L1'>b</A>", "<a href=\"L2\">again</a>")
                .endsWith("<img src=\"P\" width=\"1\" height=\"1\" alt=\"\" style=\"border:0\"></body>");
    }

    @Test
    void leavesEverythingElseAsItIs() {
        String html = "<a href=\"{unsubscribeUrl}\">no more</a><a href=\"https://shop.example/?c={coupon.code}\">c</a>"
                + "<a href=\"mailto:a@b.example\">m</a><a href=\"javascript:alert(1)\">j</a><a href=\"#top\">t</a>"
                + "<link href=\"https://shop.example/s.css\"><img src=\"https://shop.example/i.png\">";

        assertThat(TrackedHtml.of(html).urls()).isEmpty();
        assertThat(filled(html)).startsWith(html);
    }

    @Test
    void aMarkThatSomebodyWroteIsNone() {
        assertThat(TrackedHtml.of("\uE0000\uE001").template()).isEqualTo("0");
    }

    @Test
    void hostileHtmlTakesNoTime() {
        String html = "<a href ".repeat(25_000) + "<a href=\"https://" + "x".repeat(10_000);

        assertThatCode(() -> assertTimeoutPreemptively(Duration.ofSeconds(5), () -> filled(html)))
                .doesNotThrowAnyException();
    }
}
