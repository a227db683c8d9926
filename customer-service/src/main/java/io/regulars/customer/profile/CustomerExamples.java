package io.regulars.customer.profile;

/// The examples of the API page.
final class CustomerExamples {

    static final String ONE = """
            {"externalId": "u-10086", "name": "张小红", "gender": "female", "birthday": "1990-05-20", "region": "浙江",
             "city": "杭州", "language": "zh-CN", "phone": "13800138000", "email": "hong@example.com",
             "identities": {"taobao": "小红的店"}, "tags": ["宝妈"], "attributes": {"babyBorn": "2025-03"},
             "consents": {"sms": true, "email": true, "inbox": true}}""";

    static final String BATCH = """
            {"items": [{"externalId": "u-1", "name": "李雷", "phone": "13900139000"},
                       {"externalId": "u-2", "name": "Han Meimei", "email": "mei@example.com"}]}""";

    static final String CONSENT = """
            {"sms": {"granted": false, "source": "told the shop assistant", "at": "2026-03-01T12:00:00+08:00"}}""";

    private CustomerExamples() {}
}
