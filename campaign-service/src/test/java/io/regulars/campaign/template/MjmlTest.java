package io.regulars.campaign.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MjmlTest {

    private static String mail(String content) {
        return """
                <mjml>
                  <mj-head><mj-style>.x{color:red}</mj-style></mj-head>
                  <mj-body>
                    <mj-section><mj-column>
                %s
                    </mj-column></mj-section>
                  </mj-body>
                </mjml>""".formatted(content);
    }

    private static List<String> faults(String source) {
        List<String> faults = new ArrayList<>();
        assertThat(Mjml.compile(source, "en", faults::add) == null).isEqualTo(!faults.isEmpty());
        return faults;
    }

    private static String compile(String content) {
        List<String> faults = new ArrayList<>();
        String html = Mjml.compile(mail(content), "en", faults::add);
        assertThat(faults).isEmpty();
        return html;
    }

    @Test
    void becomesTablesThatOutlookTelephonesAndDarkScreensRead() {
        String html = compile("<mj-text>Hello</mj-text>");

        assertThat(html)
                .contains("<!--[if mso", "max-width:600px", "@media only screen", "name=\"color-scheme\"")
                .contains("lang=\"en\"");
        assertThat(Jsoup.parse(html).select("table[role=presentation] td")).isNotEmpty();
    }

    @Test
    void keepsVariablesInPlaceAndBracesOfStylesQuiet() throws TemplateException {
        String html = compile(
                "<mj-text>Dear {customer.name ?: 'you'}</mj-text>"
                        + "<mj-button href=\"{unsubscribeUrl}\">no more</mj-button>"
                        + "<mj-raw>{#for p in recommended.any}<tr><td>{p.name}</td></tr>{#else}<tr><td>none</td></tr>{/for}</mj-raw>");
        Text template = new Text("s", "t", html);

        Text filled = Renderer.render(
                template,
                Map.of("customer.name", "<b>Eve</b>", "unsubscribeUrl", "https://shop.example/u"),
                Map.of("recommended.any", List.of(Map.of("name", "Wipes & more", "code", "w"))));

        assertThat(filled.html())
                .contains("Dear &lt;b&gt;Eve&lt;/b&gt;", "href=\"https://shop.example/u\"", "<td>Wipes &amp; more</td>")
                .contains(".x{color:red}", "root { color-scheme");
        assertThat(Renderer.render(template, Map.of("unsubscribeUrl", "https://shop.example/u"))
                        .html())
                .contains("Dear you", "<td>none</td>");
    }

    @Test
    void hasPlacesForMenusAndForPicturesThatLeadElsewhere() {
        String html = compile("""
                <mj-navbar base-url="https://shop.example/">
                  <mj-navbar-link href="new">新品</mj-navbar-link>
                </mj-navbar>
                <mj-social>
                  <mj-social-element href="https://weibo.example/shop" src="https://shop.example/weibo.png" alt="微博">
                    微博
                  </mj-social-element>
                </mj-social>""");

        var page = Jsoup.parse(html);
        assertThat(page.select("a[href=https://shop.example/new]").text()).isEqualTo("新品");
        assertThat(page.select("a[href=https://weibo.example/shop] img").attr("alt"))
                .isEqualTo("微博");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<mj-txet>a</mj-txet>                                | line 5: <mj-txet> has no place in <mj-column>; known are mj-text",
                "<mj-text>a                                          | line 5: <mj-text> is not closed",
                "<mj-text>a</mj-text></mj-image>                     | line 5: </mj-image> closes nothing",
                "a lost word                                         | line 5: \"a lost word\" stands outside of <mj-text>",
                "<p>a</p>                                            | line 5: <p> stands outside of <mj-text>",
                "{#if days}<mj-text>a</mj-text>{/if}                 | line 5: \"{#if days}\" stands outside of <mj-text>",
                "<mj-section></mj-section>                           | line 5: <mj-section> has no place in <mj-column>",
                "<mj-text><mj-image alt=\"\" src=\"x\" /></mj-text>  | line 5: <mj-image> stands within <mj-text>, which holds HTML",
                "<mj-image src=\"https://a.example/x.png\" />        | line 5: <mj-image> needs an alt",
                "<mj-text><img src=\"https://a.example/x.png\"></mj-text> | line 5: <img> needs an alt",
                "<mj-raw><script>alert(1)</script></mj-raw>          | line 5: <script> has no place in an e-mail",
                "<mj-text><a onclick=\"x()\">a</a></mj-text>         | line 5: <a> must have no onclick",
                "<mj-button href=\"javascript:alert(1)\">a</mj-button> | line 5: href of <mj-button> must begin with https://",
                "<mj-button href=\"java&#10;script:alert(1)\">a</mj-button> | line 5: href of <mj-button> must begin with https://",
                "<mj-button href=\"https://{event.host}/\">a</mj-button> | line 5: href of <mj-button> must be one variable",
                "<mj-button href=\"https://shop.example{event.x}\">a</mj-button> | line 5: href of <mj-button> must be one variable",
                "<mj-button href=\"{event.a}{event.b}\">a</mj-button> | line 5: href of <mj-button> must be one variable",
                "<mj-social><mj-social-element name=\"facebook\" alt=\"\" /></mj-social> | line 5: <mj-social-element> needs a src",
                "<mj-social><mj-social-element src=\"https://a.example/x.png\" /></mj-social> | line 5: <mj-social-element> needs an alt",
                "<mj-navbar hamburger=\"hamburger\"><mj-navbar-link href=\"https://a.example/\">a</mj-navbar-link></mj-navbar> | <input> has no place in an e-mail",
                "<mj-navbar base-url=\"javascript:\"><mj-navbar-link href=\"alert(1)\">a</mj-navbar-link></mj-navbar> | href of <a> must begin with https://",
                "<mj-carousel></mj-carousel>                         | line 5: <mj-carousel> has no place in <mj-column>",
                "<mj-include path=\"file:///etc/passwd\" />          | line 5: <mj-include> has no place",
                "<mj-text css-class='a\" onload=\"x'>a</mj-text>     | line 5: <mj-text> must have no \" within the value",
            })
    void namesWhatIsWrongWithItsLine(String content, String fault) {
        assertThat(faults(mail(content))).anySatisfy(one -> assertThat(one).startsWith(fault));
    }

    @Test
    void namesAllFaultsAtOnce() {
        assertThat(faults(mail("<mj-txet>a</mj-txet>\n<mj-image src=\"x\" />"))).hasSizeGreaterThan(1);
    }

    @Test
    void refusesWhatIsNoMjml() {
        assertThat(faults("hello")).isNotEmpty();
        assertThat(faults("<mjml><mj-head></mj-head></mjml>")).isNotEmpty();
        assertThat(faults("<mjml><mj-body>" + "<mj-wrapper>".repeat(9_000))).isNotEmpty();
        assertThat(faults(mail("<mj-text " + "\"\"''".repeat(20_000) + ">a</mj-text>")))
                .isNotNull();
        assertThat(faults(mail("<mj-text>" + "<b>".repeat(20_000) + "</mj-text>")))
                .isNotNull();
    }
}
