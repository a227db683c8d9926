package io.regulars.campaign.sms;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Who takes our SMS. Providers are the operator's: no merchant names a URL here.
@ConfigMapping(prefix = "regulars.sms")
public interface SmsConfig {

    /// One gateway of kind `http`, named `gateway`, for whoever needs no more than that.
    Optional<URI> url();

    /// Signs each request to it.
    Optional<String> secret();

    /// Whether that gateway delivers one idempotency key once: what is uncertain is then sent again.
    @WithDefault("true")
    boolean idempotent();

    @WithDefault("PT5S")
    Duration connectTimeout();

    @WithDefault("PT15S")
    Duration timeout();

    /// By the name that receipts are posted to.
    Map<String, Provider> providers();

    /// Names in the order in which they are tried. Those not named come after them, by their names.
    Optional<List<String>> order();

    /// `aliyun`: `key` (AccessKey id), `secret`, `template`. `tencent`: `key` (SecretId), `secret`, `app-id`,
    /// `template`, `sign-name`. `twilio`: `key` (account SID), `secret` (auth token), `from`. `http`: `url`,
    /// `secret`.
    interface Provider {

        Kind kind();

        /// Where it listens; each kind but `http` knows its public address.
        Optional<URI> url();

        Optional<String> key();

        Optional<String> secret();

        /// The signature registered there; without it the one that the text begins with.
        Optional<String> signName();

        /// The registered template that our text is the one variable of.
        Optional<String> template();

        /// That variable's name; Tencent Cloud counts its variables and needs none.
        @WithDefault("content")
        String templateParam();

        Optional<String> appId();

        /// A number, or a messaging service (`MG…`).
        Optional<String> from();

        @WithDefault("ap-guangzhou")
        String region();

        /// In the path of its callbacks, where it signs none.
        Optional<String> receiptsToken();

        /// Whether one key is delivered once; of kind `http` only.
        @WithDefault("false")
        boolean idempotent();

        /// SMS a second that one replica hands over; 0 for as many as come.
        @WithDefault("0")
        double rate();

        /// Requests under way at once: what hangs there leaves the other places to the next provider.
        @WithDefault("16")
        int connections();
    }

    enum Kind {
        ALIYUN,
        TENCENT,
        TWILIO,
        HTTP
    }
}
