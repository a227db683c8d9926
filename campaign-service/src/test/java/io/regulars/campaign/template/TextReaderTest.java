package io.regulars.campaign.template;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.events.Channel;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextReaderTest {

    private static final String HOSTILE =
            "<img src=x onerror=alert(1)>\"'{coupon.code}\r\nBcc: a@b.example\uE0000\uE001";

    private static final Map<String, String> VALUES = Map.of(
            "customer.name", HOSTILE,
            "customer.maskedName", HOSTILE,
            "shop.name", "暖阳母婴",
            "coupon.code", "ABCD-EFGH",
            "coupon.description", "9折",
            "coupon.validUntil", "2027-01-01",
            "unsubscribeUrl", "https://shop.example/u?channel=email");

    private final Faults faults = new Faults();

    private Text read(Channel channel, String json) {
        try {
            Fields fields = Fields.of("t", new JsonMapper().readTree(json), faults);
            Text text = new TextReader(channel).read(fields);
            new TemplateCheck(new HashSet<>(Variables.ALL), "", faults).check("t", text);
            return text;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> faults() {
        return faults.violations().stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .toList();
    }

    private static Map<String, List<Map<String, String>>> products() {
        return Map.of(
                "recommended.any",
                List.of(
                        Map.of("code", "a", "name", HOSTILE, "price", "¥1.00", "link", "javascript:alert(1)"),
                        Map.of("code", "b", "name", "湿巾")));
    }

    @ParameterizedTest
    @CsvSource({
        "letter,zh",
        "letter,en",
        "offer,zh",
        "offer,en",
        "products,zh",
        "products,en",
        "offer-products,zh",
        "offer-products,en"
    })
    void everyLayoutIsWholeAndInertInBothLanguages(String layout, String language) throws TemplateException {
        String greeting =
                "zh".equals(language) ? "亲爱的{customer.name}：\\n\\n1 < 2 & 3" : "Dear {customer.name},\\n\\n1 < 2 & 3";
        Text template = read(Channel.EMAIL, """
                {"subject": "{shop.name}: {customer.name}", "preheader": "for {customer.name}", "layout": "%s",
                 "text": "%s\\n\\n: {unsubscribeUrl}",
                 "button": {"text": "Go & see", "url": "https://shop.example/?c={coupon.code}"}}""".formatted(layout, greeting));
        assertThat(faults()).isEmpty();

        for (var recommended : List.of(products(), Map.<String, List<Map<String, String>>>of())) {
            Text filled = Renderer.render(template, VALUES, recommended);
            Parser parser = Parser.htmlParser().setTrackErrors(20);
            Document page = parser.parseInput(filled.html(), "");
            assertThat(parser.getErrors()).isEmpty();
            assertThat(page.select("script, iframe, form, link, [onerror], [onload], [onclick]"))
                    .isEmpty();
            assertThat(page.select("img:not([alt])")).isEmpty();
            assertThat(page.select("a[href^=javascript:]")).isEmpty();
            assertThat(page.select("meta[name=color-scheme]")).hasSize(1);
            assertThat(page.select("[data-preheader]").text()).contains("for <img src=x");
            assertThat(page.select("a[href=https://shop.example/u?channel=email]")
                            .text())
                    .isEqualTo("zh".equals(language) ? "退订" : "Unsubscribe");
            assertThat(page.select("a[href=https://shop.example/?c=ABCD-EFGH]").text())
                    .isEqualTo("Go & see");
            assertThat(page.text())
                    .contains("1 < 2 & 3")
                    .doesNotContain("\uE000")
                    .contains("{coupon.code}");
            assertThat(page.text().contains("ABCD-EFGH")).isEqualTo(layout.startsWith("offer"));
            assertThat(page.text().contains("湿巾")).isEqualTo(layout.contains("products") && !recommended.isEmpty());
            assertThat(filled.text()).contains("1 < 2 & 3", "https://shop.example/u?channel=email");
            assertThat(filled.subject() + filled.preheader())
                    .doesNotContain("\n")
                    .doesNotContain("\r");
        }
    }

    @Test
    void derivesTheTextPartFromTheHtml() {
        Text text = read(Channel.EMAIL, """
                {"subject": "s", "preheader": "unseen", "html": "<style>a{ }</style><h1>Dear {customer.name}</h1><p>one<br>two</p><ul><li>three</li></ul><a href='https://shop.example/a'>four</a><img alt='a hat' src='https://shop.example/h.png'>"}""");

        assertThat(faults()).isEmpty();
        assertThat(text.text())
                .isEqualTo("Dear {customer.name}\n\none\ntwo\n\n- three\n\nfour https://shop.example/aa hat");
        assertThat(text.html()).contains("unseen");
    }

    @Test
    void readsTranslationsAndFallbacks() throws TemplateException {
        Text text = read(Channel.SMS, """
                {"text": "亲爱的{customer.name}", "fallbacks": {"customer.name": "亲"},
                 "translations": {"en": {"text": "Dear {customer.name}", "fallbacks": {"customer.name": "you"}},
                                  "zh-Hant": {"text": "親愛的"}}}""");

        assertThat(faults()).isEmpty();
        assertThat(Renderer.render(text.in("en-GB", "zh-CN"), Map.of()).text()).isEqualTo("Dear you");
        assertThat(Renderer.render(text.in("zh_CN"), Map.of()).text()).isEqualTo("亲爱的亲");
        assertThat(text.in("zh-Hant-TW").text()).isEqualTo("親愛的");
        assertThat(text.in("fr", "en").text()).isEqualTo("Dear {customer.name}");
        assertThat(text.in(null, "fr").text()).isEqualTo("亲爱的{customer.name}");
        assertThat(TextJson.read(TextJson.write(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'subject': 's'}                                                  | t.text: is required",
                "{'text': 't'}                                                     | t.subject: is required",
                "{'subject': 's', 'text': 't', 'layout': 'x'}                      | t.layout: unknown",
                "{'subject': 's', 'text': 't', 'layout': 'letter', 'html': 'h'}    | t.layout: goes without",
                "{'subject': 's', 'text': 't', 'button': {'text': 'a', 'url': 'x'}} | t.button: belongs to a layout",
                "{'subject': 's', 'text': 't', 'html': '<a href=\"javascript:x\">'} | t.html: line 1: href of <a>",
                "{'subject': 's', 'text': 't', 'html': '<a href=\"{event.a}{event.b}\">'} | t.html: line 1: href of <a> must be one variable",
                "{'subject': 's', 'text': 't', 'preheader': 'a\\nb'}               | t.preheader: must be one line",
                "{'subject': 's', 'text': 't', 'fallbacks': {'customer.nmae': 'x'}} | t.fallbacks.customer.nmae: is no variable",
                "{'subject': 's', 'text': 't', 'translations': {'??': {}}}         | t.translations.??: must be a language",
                "{'subject': 's', 'text': 't', 'translations': {'en': {'text': 'x'}}} | t.translations.en.subject: is required",
                "{'subject': 's', 'text': '{#for p in recommended.any}{p.name}{/for}'} | t.text: a loop needs an {#else}",
                "{'subject': 's', 'text': '{#for p in recommended.any}{p.price}{#else}{/for}'} | t.text: {p.price} may have no value",
                "{'subject': 's', 'text': '{#for p in recommended.any}{p.secret}{#else}{/for}'} | t.text: unknown {p.secret}",
                "{'subject': 's', 'text': '{#for p in recommended.any}{#else}{/for}{p.name}'} | t.text: cannot be filled",
                "{'subject': 's', 'text': '{#for p in customer.name}{p.name}{#else}{/for}'} | t.text: loops go over",
                "{'subject': 's', 'text': '{#each recommended.any}{it.name}{#else}{/each}'} | t.text: {#each recommended.any} must be a loop",
                "{'subject': 's', 'text': '{#for p in recommended.any}{#for q in recommended.any}{#else}{/for}{#else}{/for}'} | t.text: {#for q in recommended.any} stands within another",
            })
    void namesWhatIsWrong(String json, String fault) {
        read(
                Channel.EMAIL,
                json.replace('\'', '"')
                        .replace("=\"javascript:x\"", "='javascript:x'")
                        .replace("=\"{event.a}{event.b}\"", "='{event.a}{event.b}'"));

        assertThat(faults()).anySatisfy(one -> assertThat(one).startsWith(fault));
    }

    @Test
    void makesAPageOfPlainTextWithLinksAndPreheader() {
        Document page = Jsoup.parse(Renderer.asHtml("a <b>\nhttps://shop.example/x?a=1&b=2", "p<"));

        assertThat(page.select("a").attr("href")).isEqualTo("https://shop.example/x?a=1&b=2");
        assertThat(page.select("b")).isEmpty();
        assertThat(page.select("[data-preheader]").text()).startsWith("p<");
    }
}
