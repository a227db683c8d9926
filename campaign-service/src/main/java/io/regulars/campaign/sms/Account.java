package io.regulars.campaign.sms;

import java.net.URI;

/// The operator's account with a provider, as configured; what its kind does not need is null.
///
/// @param url where it listens
/// @param callback where it posts receipts to
/// @param token in the callback's path, where the provider signs none
record Account(
        String name,
        URI url,
        String key,
        String secret,
        String signName,
        String template,
        String templateParam,
        String appId,
        String from,
        String region,
        String token,
        String callback,
        boolean idempotent) {

    /// @param callback where receipts of all providers are posted to, without a slash at its end
    static Account of(String name, SmsConfig.Provider given, String callback) {
        SmsConfig.Kind kind = given.kind();
        return new Account(
                name,
                given.url().orElseGet(() -> standard(name, kind)),
                required(name, "key", kind == SmsConfig.Kind.HTTP, given.key().orElse(null)),
                required(name, "secret", false, given.secret().orElse(null)),
                required(
                        name,
                        "sign-name",
                        kind != SmsConfig.Kind.TENCENT,
                        given.signName().orElse(null)),
                required(
                        name,
                        "template",
                        kind == SmsConfig.Kind.TWILIO || kind == SmsConfig.Kind.HTTP,
                        given.template().orElse(null)),
                given.templateParam(),
                required(
                        name,
                        "app-id",
                        kind != SmsConfig.Kind.TENCENT,
                        given.appId().orElse(null)),
                required(
                        name,
                        "from",
                        kind != SmsConfig.Kind.TWILIO,
                        given.from().orElse(null)),
                given.region(),
                given.receiptsToken().orElse(null),
                callback + "/" + name,
                kind == SmsConfig.Kind.HTTP && given.idempotent());
    }

    private static URI standard(String name, SmsConfig.Kind kind) {
        return switch (kind) {
            case ALIYUN -> URI.create("https://dysmsapi.aliyuncs.com/");
            case TENCENT -> URI.create("https://sms.tencentcloudapi.com/");
            case TWILIO -> URI.create("https://api.twilio.com");
            case HTTP -> throw new IllegalStateException("regulars.sms.providers." + name + ".url is required");
        };
    }

    private static String required(String name, String field, boolean optional, String value) {
        if (value == null && !optional) {
            throw new IllegalStateException("regulars.sms.providers." + name + "." + field + " is required");
        }
        return value;
    }
}
