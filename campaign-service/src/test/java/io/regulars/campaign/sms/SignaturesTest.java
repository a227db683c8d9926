package io.regulars.campaign.sms;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Against what the providers publish.
class SignaturesTest {

    @Test
    void aliyunsIsAsInItsDocumentation() {
        var query = new TreeMap<>(
                Map.of("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId", "cn-shanghai"));
        var headers = Map.of(
                "host", "ecs.cn-shanghai.aliyuncs.com",
                "x-acs-action", "RunInstances",
                "x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "x-acs-date", "2023-10-26T10:22:32Z",
                "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                "x-acs-version", "2014-05-26");

        assertThat(Acs3.authorization("YourAccessKeyId", "YourAccessKeySecret", "POST", query, headers))
                .isEqualTo("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
                        + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature="
                        + "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    @Test
    void tencentsIsAsInItsDocumentation() {
        String body =
                "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";

        assertThat(Tc3.authorization(
                        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******",
                        "Gu5t9xGARNpq86cd98joQYCN3*******",
                        "cvm",
                        "cvm.tencentcloudapi.com",
                        body,
                        Instant.ofEpochSecond(1_551_113_065)))
                .isEqualTo(
                        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, "
                                + "SignedHeaders=content-type;host, "
                                + "Signature=2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c");
    }

    @Test
    void twiliosIsAsInItsDocumentation() {
        var form = new TreeMap<>(Map.of(
                "CallSid", "CA1234567890ABCDE",
                "Caller", "+12349013030",
                "Digits", "1234",
                "From", "+12349013030",
                "To", "+18005551212"));

        assertThat(TwilioSms.signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form))
                .isEqualTo("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
    }

    @Test
    void theStandardWebhooksIsAsInItsSpecification() {
        String body = "{\"event_type\":\"ping\",\"data\":{\"success\":true}}";

        assertThat(StandardWebhooks.sign("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", "1731705121", body))
                .isEqualTo("v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
    }

    @Test
    void anOldWebhookIsNoneAndANewOneIs() {
        var secret = "whsec_plJ3nmyCDGBKInavdOK15jsl";
        var headers = Map.of(
                "webhook-id", "m1",
                "webhook-timestamp", "1000000",
                "webhook-signature", "v1,wrong " + StandardWebhooks.sign(secret, "m1", "1000000", "{}"));
        var body = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(StandardWebhooks.signed(
                        secret, new Callback(null, null, headers, body, Instant.ofEpochSecond(1_000_299))))
                .isTrue();
        assertThat(StandardWebhooks.signed(
                        secret, new Callback(null, null, headers, body, Instant.ofEpochSecond(1_000_301))))
                .isFalse();
    }
}
