package io.regulars.campaign.template;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.regulars.campaign.reading.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TemplateTest {

    private static final Set<String> ALL = new HashSet<>(Variables.ALL);

    @Test
    void fillsItsVariables() throws TemplateException {
        Text filled = Renderer.render(
                new Text("{shop.name}", "亲爱的{customer.maskedName}，还有{days}天", null),
                Map.of("shop.name", "暖阳", "customer.maskedName", "张**", "days", "3"));

        assertThat(filled).isEqualTo(new Text("暖阳", "亲爱的张**，还有3天", null));
    }

    @Test
    void fallsBackWhereAValueIsMissing() throws TemplateException {
        assertThat(Renderer.render(new Text(null, "{customer.name ?: '顾客'}{days ?: ''}", null), Map.of())
                        .text())
                .isEqualTo("顾客");
    }

    @Test
    void refusesToSendWhatLacksAValue() {
        assertThatThrownBy(() -> Renderer.render(new Text(null, "亲爱的{customer.name}", null), Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("name");
    }

    @Test
    void escapesInHtmlOnly() throws TemplateException {
        Text filled = Renderer.render(
                new Text("{customer.name}", "{customer.name}", "<b title=\"{customer.name}\">{customer.name}</b>"),
                Map.of("customer.name", "<script>\"'&"));

        assertThat(filled.text()).isEqualTo("<script>\"'&");
        assertThat(filled.html())
                .isEqualTo("<b title=\"&lt;script&gt;&quot;&#39;&amp;\">&lt;script&gt;&quot;&#39;&amp;</b>");
    }

    @Test
    void neverReadsAValueAsATemplate() throws TemplateException {
        assertThat(Renderer.render(new Text(null, "{customer.name}", null), Map.of("customer.name", "{coupon.code}"))
                        .text())
                .isEqualTo("{coupon.code}");
    }

    @Test
    void makesControlCharactersBlanks() throws TemplateException {
        assertThat(Renderer.render(
                                new Text("{customer.name}", "x", null),
                                Map.of("customer.name", "a\r\nBcc: b@example.com\u202e"))
                        .subject())
                .isEqualTo("a Bcc: b@example.com ");
    }

    @Test
    void letsNoValuePassForAMarkOfALinkOrForCode() throws TemplateException {
        Text filled = Renderer.render(
                new Text(null, "{customer.name}", "<a href=\"{event.url}\">{customer.name}</a>"),
                Map.of("customer.name", "\uE0000\uE001", "event.url", "\u0001javascript:alert(1)"));

        assertThat(filled.text()).isEqualTo(" 0 ");
        assertThat(filled.html())
                .doesNotContain("\uE000")
                .doesNotContain("javascript:")
                .contains("javascript：");
    }

    @Test
    void branchesOnAValue() throws TemplateException {
        var template = new Text(null, "{#if customer.tier.or('') == 'VIP'}贵宾{#else}顾客{/if}", null);

        assertThat(faults(template)).isEmpty();
        assertThat(Renderer.render(template, Map.of("customer.tier", "VIP")).text())
                .isEqualTo("贵宾");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{customer.nmae}                        | unknown variable {customer.nmae}; known are customer.name, customer.maskedName",
                "{customer.name.getClass}               | unknown variable {customer.name.getClass}",
                "{customer.name.toString()}             | calls toString",
                "{customer.name.repeat(9)}              | calls repeat",
                "{customer.getClass()}                  | unknown variable {customer}",
                "{inject:something.secret}              | unknown namespace inject",
                "{config:password}                      | unknown namespace config",
                "{#for i in 10}{i}{/for}                | loops go over recommended.related",
                "{#include other /}                     | is no template: ",
                "{#if customer.name}x                   | is no template: ",
                "{@java.lang.String name}               | must not declare parameters",
                "{customer.name ?: coupon.cod}          | unknown variable {coupon.cod}"
            })
    void refusesWhatItDoesNotKnow(String template, String message) {
        assertThat(faults(new Text(null, template, null)))
                .anySatisfy(fault ->
                        assertThat(fault).startsWith("steps[1].template.text: ").contains(message));
    }

    @Test
    void wantsAFallbackForWhatCannotHaveAValue() {
        var faults = new Faults();

        new TemplateCheck(Set.of("shop.name"), "no issue-coupon step comes before", faults)
                .check("t", new Text(null, "{coupon.code}{coupon.description ?: ''}", null));

        assertThat(faults.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message())
                        .contains("{coupon.code} may have no value: no issue-coupon step comes before"));
    }

    private static List<String> faults(Text template) {
        var faults = new Faults();
        new TemplateCheck(ALL, "", faults).check("steps[1].template", template);
        return faults.violations().stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .toList();
    }
}
