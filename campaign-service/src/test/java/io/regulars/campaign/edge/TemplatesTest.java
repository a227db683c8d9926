package io.regulars.campaign.edge;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Mail;
import io.regulars.embedded.Sandboxes;
import io.regulars.kit.merchant.Roles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

/// Templates that are kept, their preview, and messages for a try.
@QuarkusTest
class TemplatesTest extends ServiceEdge {

    private static final String HOSTILE = "<script>alert(1)</script>{coupon.code}\\r\\nBcc: a@b.example";

    private static String mail(String subject, String text) {
        return """
                {"externalId": "hello", "channel": "email", "name": "Hello", "content":
                  {"subject": "%s", "preheader": "看看", "layout": "letter", "text": "%s"}}""".formatted(subject, text);
    }

    private String save(String body) {
        return post("/v1/templates", body).extract().path("id");
    }

    @Test
    void keepsVersionsByTheShopsOwnId() {
        var first = post("/v1/templates", mail("一", "您好")).statusCode(201).body("version", is(1));
        String id = first.extract().path("id");
        post("/v1/templates", mail("一", "您好")).statusCode(200).body("version", is(1));
        post("/v1/templates", mail("二", "您好{customer.name}"))
                .statusCode(200)
                .body("version", is(2))
                .body("variables", hasItem("customer.name"))
                .body("content.layout", is("letter"));

        as(Roles.MARKETER)
                .header("If-Match", first.extract().header("ETag"))
                .body(mail("三", "您好"))
                .post("/v1/templates")
                .then()
                .statusCode(412)
                .body("detail", containsString("version 2"));
        get("/v1/templates/ext:hello")
                .statusCode(200)
                .body("content.subject", is("二"))
                .header("ETag", is("\"2\""));
        get("/v1/templates/" + id + "?version=1").body("content.subject", is("一"));
        get("/v1/templates/" + id + "/versions?limit=1")
                .body("items.version", is(List.of(2)))
                .body("nextCursor", notNullValue());
        get("/v1/templates").body("items", hasSize(1)).body("items[0].version", is(2));
        post("/v1/templates", mail("一", "您好").replace("email", "inbox")).statusCode(422);

        as(shop.merchant() + 500_000, Roles.OWNER)
                .get("/v1/templates/" + id)
                .then()
                .statusCode(404);
        as(shop.merchant() + 500_000, Roles.OWNER)
                .get("/v1/templates/ext:hello")
                .then()
                .statusCode(404);
        as(Roles.ANALYST).body(mail("一", "您好")).post("/v1/templates").then().statusCode(403);
        post("/v1/templates/{t}/archive", "{}", id).statusCode(200).body("archivedAt", notNullValue());
        get("/v1/templates").body("items", empty());
        get("/v1/templates?archived=true").body("items", hasSize(1));
    }

    @Test
    void namesEveryFaultOfATemplateWithItsLine() {
        post("/v1/templates", """
                {"externalId": "a b", "channel": "email", "content": {"subject": "{customer.nmae}", "mjml":
                  "<mjml>\\n<mj-body>\\n<mj-txet>x</mj-txet>\\n<script></script></mj-body></mjml>"}}""")
                .statusCode(422)
                .body("violations.field", hasItems("externalId", "content.subject", "content.mjml"))
                .body("violations.message", hasItem(startsWith("line 3: <mj-txet> has no place in <mj-body>")))
                .body("violations.message", hasItem(startsWith("line 4: <script>")));
    }

    @Test
    void aRunningCampaignStaysOnTheVersionThatItWasSavedWith() {
        save(mail("一", "亲爱的{customer.name}"));
        String step = """
                {"type": "send", "channel": "email", "template": {"ref": "ext:hello"}}""";
        post(
                        "/v1/campaigns",
                        "{\"name\": \"n\", \"trigger\": {\"type\": \"broadcast\"}, \"steps\": ["
                                + step.replace("hello", "bye") + "," + step.replace("email", "sms") + "]}")
                .statusCode(422)
                .body("violations.field", hasItems("steps[0].template.ref", "steps[1].template.ref"));
        String campaign = activate(
                "{\"type\": \"tier-changed\", \"direction\": \"up\"}",
                "{\"type\": \"branch\", \"if\": {\"field\": \"tier\", \"op\": \"eq\", \"value\": \"vip\"}, \"then\": ["
                        + step + "]}");
        save(mail("二", "再见"));
        shop.joins(1, "张小雨");
        shop.isOrdinary(1);
        shop.becomesVip(1);

        eventually(() -> mailTo(1).size() == 1);
        Mail mail = mailTo(1).getFirst();
        assertThat(mail.subject()).isEqualTo("一");
        assertThat(mail.html()).contains("亲爱的张小雨", "<!--[if mso", "data-preheader", "color-scheme");
        String wayOut = "/api/customer/unsubscribe/tok-" + shop.merchant() + "-1?channel=email";
        assertThat(mail.html()).contains(wayOut + "\"", "退订");
        assertThat(mail.text()).contains("亲爱的张小雨", "退订：", wayOut);
        assertThat(mail.header("List-Unsubscribe")).contains(wayOut);
        assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        get("/v1/campaigns/" + campaign).body("definition.steps[0].then[0].template.ref", is("ext:hello"));
    }

    @Test
    void showsWhatRealCustomersWouldGetAndWhoLacksWhat() {
        put("/v1/measurement-settings", """
                {"costs": {"sms": {"amount": "0.05", "currency": "CNY"}}}""").statusCode(200);
        shop.joins(1, HOSTILE.replace("\\r\\n", "\r\n"));
        shop.joins(2, "李雷");
        known(1, 2);
        String id = save(mail("{customer.name}", "{customer.name}，{customer.tier}，{event.order}"));
        String body = "{\"customers\": [\"ext:u1\"], \"sample\": {\"size\": 100}}";

        post("/v1/templates/{t}/preview", body, id)
                .statusCode(200)
                .body("items[0].problem", containsString("tier"))
                .body("items[0].missing", is(List.of("customer.tier")))
                .body("standIns", is(List.of("event.order")))
                .body("lacking.customers", is(2))
                .body("lacking.variables.find { it.name == 'customer.tier' }.lacking", is(2))
                .body("lacking.variables.find { it.name == 'customer.tier' }.fallback", is(false))
                .body("lacking.variables.find { it.name == 'customer.name' }.lacking", is(0));
        save(mail("{customer.name}", "{customer.name}，{customer.tier ?: '顾客'}，{event.order}"));
        post(
                        "/v1/templates/{t}/preview",
                        body.replace("\"sample\"", "\"values\": {\"event.order\": \"T1\"}, \"sample\""),
                        id)
                .statusCode(200)
                .body("items[0].subject", is(HOSTILE.replace("\\r\\n", " ")))
                .body("items[0].preheader", is("看看"))
                .body("items[0].html", containsString("&lt;script&gt;alert(1)&lt;/script&gt;{coupon.code} Bcc"))
                .body("items[0].html", not(containsString("<script>")))
                .body("items[0].text", containsString("，顾客，T1"))
                .body("items[0].html", containsString("/unsubscribe/example"))
                .body("items[0].html", not(containsString("tok-")))
                .body("lacking.variables.find { it.name == 'customer.tier' }.fallback", is(true));
        as(Roles.ANALYST)
                .body("{\"customers\": [\"ext:u2\"]}")
                .post("/v1/templates/{t}/preview", id)
                .then()
                .body("items[0].subject", is("李**"))
                .body("items[0].html", not(containsString("李雷")));
        as(shop.merchant() + 500_000, Roles.OWNER)
                .body("{\"customers\": [\"ext:u2\"]}")
                .post("/v1/templates/{t}/preview", id)
                .then()
                .statusCode(404);
        post("/v1/templates/{t}/preview", "{}", id).statusCode(422);

        String campaign = post("/v1/campaigns", """
                {"name": "n", "trigger": {"type": "broadcast"}, "steps": [{"type": "wait", "for": "P1D"}, %s]}""".formatted(send("sms", "啊".repeat(64) + "{customer.name}")))
                .extract()
                .path("id");
        post("/v1/campaigns/{k}/steps/1/preview", "{\"customers\": [\"ext:u2\"], \"sample\": {}}", campaign)
                .statusCode(200)
                .body("items[0].text", startsWith("【暖阳母婴】啊"))
                .body("items[0].sms.encoding", is("UCS_2"))
                .body("items[0].sms.parts", is(2))
                .body("items[0].cost.amount", is(0.1f))
                .body("lacking.customers", is(2));
        post("/v1/campaigns/{k}/steps/0/preview", "{\"customers\": [\"ext:u2\"]}", campaign)
                .statusCode(404);
    }

    @Test
    void speaksTheCustomersLanguage() {
        shop.joins(1);
        known(1);
        String id = save("""
                {"externalId": "two", "channel": "sms", "content": {"text": "您好{customer.name}",
                  "translations": {"en": {"text": "Hello {customer.name}"}}}}""");

        post("/v1/templates/{t}/preview", "{\"customers\": [\"ext:u1\"]}", id)
                .body("items[0].text", is("【暖阳母婴】您好张小雨，拒收请回复R"));
        post("/v1/templates/{t}/preview", "{\"customers\": [\"ext:u1\"], \"language\": \"en-US\"}", id)
                .body("items[0].text", startsWith("【暖阳母婴】Hello 张小雨"));
    }

    @Test
    void sendsForATryToWhoHasShownThatTheAddressIsTheirs() {
        shop.joins(1, "张小雨");
        known(1);
        String id = save(mail("致{customer.name}", "优惠码{coupon.code}"));
        String mine = "{\"channel\": \"email\", \"address\": \"me-" + shop.merchant() + "@shop.example\"}";
        String address =
                post("/v1/test-addresses", mine).statusCode(201).extract().path("id");
        String send = "{\"to\": [\"" + address + "\"], \"customer\": \"ext:u1\"}";

        post("/v1/templates/{t}/test-sends", send, id)
                .statusCode(422)
                .body("violations.message", hasItem(startsWith("is not verified yet")));
        eventually(() -> !mine().isEmpty());
        var code = Pattern.compile("\\d{6}").matcher(mine().getFirst().text());
        assertThat(code.find()).isTrue();
        String wrong = "000000".equals(code.group()) ? "000001" : "000000";
        post("/v1/test-addresses/{a}/verify", "{\"code\": \"" + wrong + "\"}", address)
                .statusCode(422);
        post("/v1/test-addresses", mine).statusCode(429);
        post("/v1/test-addresses/{a}/verify", "{\"code\": \"" + code.group() + "\"}", address)
                .statusCode(200)
                .body("verifiedAt", notNullValue());
        as(shop.merchant() + 500_000, Roles.OWNER)
                .body(
                        "{\"externalId\": \"x\", \"channel\": \"email\", \"content\": {\"subject\": \"s\", \"text\": \"t\"}}")
                .post("/v1/templates");
        as(shop.merchant() + 500_000, Roles.OWNER)
                .body("{\"to\": [\"" + address + "\"]}")
                .post("/v1/templates/ext:x/test-sends")
                .then()
                .statusCode(422)
                .body("violations.message", hasItem(startsWith("no test address")));

        String sent = null;
        for (int i = 0; i < 2; i++) {
            List<Map<String, Object>> items = as(Roles.MARKETER)
                    .header("Idempotency-Key", "try-once")
                    .body(send)
                    .post("/v1/templates/{t}/test-sends", id)
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("items");
            sent = String.valueOf(items.getFirst().get("id"));
        }
        String one = sent;
        eventually(() -> "sent".equals(get("/v1/test-sends/" + one).extract().path("state")));
        stays(() -> mine().size() == 2);
        Mail mail = mine().getLast();
        assertThat(mail.subject()).isEqualTo("[测试] 致张小雨");
        assertThat(mail.text()).contains("EXAMPLE-CODE").doesNotContain("tok-");
        assertThat(mail.header("List-Unsubscribe")).contains("/unsubscribe/example");
        get("/v1/test-sends/" + one)
                .body("trail.state", is(List.of("queued", "transmitting", "sent")))
                .body("version", is(1));
        get("/v1/messages").body("items", empty());
        assertThat(number("select count(*) from test_send where merchant_id = :m and text is not null"))
                .isZero();
        as(shop.merchant() + 500_000, Roles.OWNER)
                .get("/v1/test-sends/" + one)
                .then()
                .statusCode(404);
        post("/v1/kill-switch", "{\"on\": true, \"reason\": \"r\"}");
        post("/v1/templates/{t}/test-sends", send, id).statusCode(409);
    }

    @Test
    void aCodeIsWorthNothingAfterFiveWrongOnes() {
        String address = post("/v1/test-addresses", "{\"channel\": \"sms\", \"address\": \"" + shop.phone(7) + "\"}")
                .statusCode(201)
                .extract()
                .path("id");
        eventually(() -> !smsTo(7).isEmpty());
        assertThat(smsTo(7).getFirst().text()).startsWith("【暖阳母婴】您的验证码是");
        var code = Pattern.compile("\\d{6}").matcher(smsTo(7).getFirst().text());
        assertThat(code.find()).isTrue();
        String wrong = "000000".equals(code.group()) ? "000001" : "000000";

        for (int i = 0; i < 5; i++) {
            post("/v1/test-addresses/{a}/verify", "{\"code\": \"" + wrong + "\"}", address)
                    .statusCode(422);
        }

        post("/v1/test-addresses/{a}/verify", "{\"code\": \"" + code.group() + "\"}", address)
                .statusCode(409);
    }

    @Test
    void oneThatItsSenderLeftIsUncertainAndNotSentAgain() {
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into test_address (merchant_id, channel, address, verified_at, created_at, created_by)
                    values (?, 'email', ?, now(), now(), 'test')""", shop.merchant(), "me-" + shop.merchant() + "@shop.example");
            handle.execute("""
                    insert into test_send (merchant_id, kind, template_id, version, address_id, channel, subject, text,
                      state, attempts, due_at, created_at, created_by)
                    select merchant_id, 'test', 1, 1, id, 'email', 's', 't', 'transmitting', 1, now() - interval '1 second',
                      now(), 'test' from test_address where merchant_id = ?""", shop.merchant());
        });

        eventually(() -> "uncertain".equals(get("/v1/test-sends").extract().path("items[0].state")));
        stays(() -> mine().isEmpty());
    }

    private List<Mail> mine() {
        return Sandboxes.mail().received().stream()
                .filter(mail -> mail.to().equals("me-" + shop.merchant() + "@shop.example"))
                .toList();
    }
}
