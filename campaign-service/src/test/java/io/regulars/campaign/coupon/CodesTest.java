package io.regulars.campaign.coupon;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

class CodesTest {

    @Property(tries = 1_000, seed = "49")
    void whateverIsTypedIsATextThatAColumnTakes(@ForAll String typed) {
        String normal = Codes.normal(typed + "\u0000\ud800 - ");

        assertThat(normal).doesNotContain("\u0000", " ", "-", "O", "I", "L");
        assertThat(new String(normal.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(normal);
        assertThat(Codes.normal(normal)).isEqualTo(normal);
    }
}
