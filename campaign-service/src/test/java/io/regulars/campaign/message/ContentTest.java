package io.regulars.campaign.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Standing;
import io.regulars.campaign.campaign.Definition;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.template.TemplateException;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ContentTest {

    @Test
    void allTriesOfAMessageBearOneKey() throws TemplateException {
        assertThat(content(1, "tier:2").sms().key())
                .isEqualTo(content(0, "tier:2").sms().key());
    }

    @Test
    void anotherCauseBearsAnother() throws TemplateException {
        assertThat(content(0, "tier:3").sms().key())
                .isNotEqualTo(content(0, "tier:2").sms().key());
    }

    @Test
    void isSignedByItsShopAndNobodyElse() throws TemplateException {
        assertThat(content(0, "tier:2", "你好", "zh-CN").sms().text()).isEqualTo("【s】你好，拒收请回复R");
        assertThat(content(0, "tier:2", "【s】你好", "zh-CN").sms().text()).isEqualTo("【s】你好，拒收请回复R");
    }

    @Test
    void laysTheWayOutIntoMarketingThatHasNone() {
        assertThat(WayOut.inHtml("<html><body>x</BODY></html>", "https://s.example/u", false))
                .isEqualTo("<html><body>x<p style=\"font-size:12px;color:#6b6b6b;text-align:center\">"
                        + "<a href=\"https://s.example/u\" style=\"color:#6b6b6b\">Unsubscribe</a></p></BODY></html>");
        assertThat(WayOut.inHtml("<a href=\"https://s.example/u\">", "https://s.example/u", true))
                .isEqualTo("<a href=\"https://s.example/u\">");
        assertThat(WayOut.inText("x\n", "https://s.example/u", true)).isEqualTo("x\n\n退订：https://s.example/u");
        assertThat(WayOut.inText("x https://s.example/u", "https://s.example/u", true))
                .isEqualTo("x https://s.example/u");
    }

    @Test
    void sendsNoMarketingWithoutAWayOut() throws TemplateException {
        assertThat(email(true, "https://s.example/u").email().unsubscribeUrl()).isEqualTo("https://s.example/u");
        assertThat(email(false, null).email().unsubscribeUrl()).isNull();
        assertThatThrownBy(() -> email(true, null)).hasMessageContaining("unsubscribe");
    }

    private static Content email(boolean marketing, String unsubscribeUrl) throws TemplateException {
        var message = new Claimed(
                new MessageKey(1, 2, 3), 4, 1, "tier:2", 0, Channel.EMAIL, 0, Instant.EPOCH, false, null, Map.of());
        return new Content(
                message,
                new Text("s", "t", null),
                marketing,
                false,
                customer(),
                new Shop(1, "s", ZoneOffset.UTC, "EUR", "en"),
                unsubscribeUrl,
                Instant.EPOCH,
                null,
                Map.of());
    }

    @Test
    void numbersTheLinksOfAllLanguages() {
        var english = new Text("s", "t", "<a href=\"https://s.example/en\">a</a>");
        var both = new Text(
                "s",
                null,
                "t",
                "<a href=\"https://s.example/1\">a</a><a href=\"https://s.example/2\">b</a>",
                Map.of(),
                Map.of("en", english));

        assertThat(NumberedLinks.urls(new Step.Send(Channel.EMAIL, both)))
                .containsExactly("https://s.example/1", "https://s.example/2", "https://s.example/en");
        assertThat(NumberedLinks.of(both, english, Channel.EMAIL, false).html())
                .isEqualTo("<a href=\"\uE0002\uE001\">a</a>");
    }

    /// The template may be of before the shop had another name, and a value can be anything.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "【别家】你好",
                " \u200b\ufeff【别家】你好",
                "【s】【别家】你好",
                "【别家",
                "{customer.name}，你好",
                "【s】{customer.name}，你好"
            })
    void isNotSentWithAnothersSignature(String says) {
        for (String locale : List.of("zh-CN", "en")) {
            assertThatThrownBy(() -> content(0, "tier:2", says, locale))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining("begins with a signature in 【】 that is not this shop's")
                    .hasMessageNotContaining("别家");
        }
    }

    /// For an SMS that says "t".
    static Content content(int attempts, String occurrence) throws TemplateException {
        return content(attempts, occurrence, "t", "en");
    }

    private static Content content(int attempts, String occurrence, String says, String locale)
            throws TemplateException {
        var text = new Text(null, says, null);
        var definition = new Definition(
                "n",
                new Trigger.Broadcast(),
                Condition.EVERYONE,
                List.of(new Step.Send(Channel.SMS, text)),
                null,
                false);
        var message = new Claimed(
                new MessageKey(1, 2, 3),
                4,
                1,
                occurrence,
                0,
                Channel.SMS,
                attempts,
                Instant.EPOCH,
                false,
                null,
                Map.of());
        return new Content(
                message,
                new Plan(1, 4, 1, "n", "active", "salt", Instant.EPOCH, definition),
                customer(),
                new Shop(1, "s", ZoneOffset.UTC, "EUR", locale),
                "http://localhost",
                Instant.EPOCH);
    }

    private static Customer customer() {
        var standing = new Standing("new", 0, null, -1, 1, null, 0, "new", 1, List.of());
        return new Customer(
                1, 2, true, "u", "【别家】", null, "+8613", null, true, null, null, "token", false, null, standing, null);
    }
}
