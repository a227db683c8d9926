package io.regulars.customer.order;

/// The examples of the API page.
final class OrderExamples {

    static final String ORDER = """
            {"externalId": "T20260301-001", "customerId": "ext:u-10086", "status": "paid",
             "orderedAt": "2026-03-01T12:00:00+08:00", "channel": "taobao", "bigPromotion": false,
             "lines": [{"productCode": "WIPES-80", "productName": "婴儿湿巾 80抽", "category": "湿巾", "quantity": 2,
                        "unitPrice": "19.90", "discount": "5.00"}]}""";

    static final String REFUND = """
            {"externalId": "T20260301-001", "customerId": "ext:u-10086", "status": "part_refunded",
             "orderedAt": "2026-03-01T12:00:00+08:00", "updatedAt": "2026-03-05T09:30:00+08:00",
             "lines": [{"productCode": "WIPES-80", "quantity": 2, "unitPrice": "19.90", "discount": "5.00",
                        "returnedQuantity": 1}]}""";

    static final String BATCH = """
            {"backfill": true,
             "items": [{"externalId": "T20250101-007", "customerId": "ext:u-1", "status": "completed",
                        "orderedAt": "2025-01-01T20:15:00+08:00",
                        "lines": [{"productCode": "CREAM-50", "quantity": 1, "unitPrice": "39.00"}]}]}""";

    static final String RETURN = """
            {"externalId": "R-77", "customerId": "ext:u-10086", "returnedAt": "2026-03-06T10:00:00+08:00",
             "lines": [{"productCode": "WIPES-80", "quantity": 1, "unitPrice": "19.90"}]}""";

    private OrderExamples() {}
}
