package io.regulars.campaign.template;

import java.util.Map;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

class HostileValuesTest {

    /// In an element and in an attribute; nor is it ever read as a template.
    @Property(tries = 1_000, seed = "48")
    void aValueIsNeverMarkup(@ForAll String value) throws TemplateException {
        String said = Renderer.render(
                        new Text(null, "x", "{customer.name ?: '-'}"), Map.of("customer.name", value + "<'\">{days}"))
                .html();

        assertThat(said).doesNotContain("<", ">", "\"", "'").contains("{days}");
    }
}
