package io.regulars.campaign.link;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrackedTextTest {

    @Test
    void findsWhereALinkEnds() {
        var text = TrackedText.of("看 https://shop.example/a?x=1，或 http://shop.example/b。See https://shop.example/c.");

        assertThat(text.urls())
                .containsExactly("https://shop.example/a?x=1", "http://shop.example/b", "https://shop.example/c");
        assertThat(TrackedHtml.linked(text.template(), number -> "L" + number)).isEqualTo("看 L0，或 L1。See L2.");
    }

    @Test
    void leavesALinkThatAVariableIsPartOf() {
        String text = "https://shop.example/?c={coupon.code} https://{shop.name}.example/ {unsubscribeUrl}";

        assertThat(TrackedText.of(text)).isEqualTo(new TrackedText(text, java.util.List.of()));
    }
}
