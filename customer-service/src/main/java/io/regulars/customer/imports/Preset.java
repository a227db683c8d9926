package io.regulars.customer.imports;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The column names of a known export.
enum Preset {

    /// The documented plain format: a column for each field, under its own name.
    ORDERS("orders", false, identity()),

    /// The export of a British gift shop. An invoice whose number begins with C is a return that names no order.
    ONLINE_RETAIL(
            "online-retail",
            true,
            Map.of(
                    Field.ORDER_ID, "InvoiceNo",
                    Field.PRODUCT_CODE, "StockCode",
                    Field.PRODUCT_NAME, "Description",
                    Field.QUANTITY, "Quantity",
                    Field.ORDERED_AT, "InvoiceDate",
                    Field.UNIT_PRICE, "UnitPrice",
                    Field.CUSTOMER_ID, "CustomerID",
                    Field.REGION, "Country"));

    private final String word;
    private final boolean cancellingInvoices;
    private final Map<Field, String> columns;

    Preset(String word, boolean cancellingInvoices, Map<Field, String> columns) {
        this.word = word;
        this.cancellingInvoices = cancellingInvoices;
        this.columns = columns;
    }

    String word() {
        return word;
    }

    boolean cancellingInvoices() {
        return cancellingInvoices;
    }

    Map<Field, String> columns() {
        return columns;
    }

    static Optional<Preset> named(String word) {
        return Arrays.stream(values())
                .filter(preset -> preset.word.equals(word))
                .findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Preset::word).collect(Collectors.joining(", "));
    }

    private static Map<Field, String> identity() {
        var columns = new EnumMap<Field, String>(Field.class);
        for (Field field : Field.values()) {
            columns.put(field, field.word());
        }
        return columns;
    }
}
