package io.regulars.customer.imports;

import java.nio.charset.Charset;
import java.util.Map;

/// How a file is read: decided once, when it comes.
///
/// @param columns the place of each field that the file has
/// @param names the column's own name, for people
/// @param cancellingInvoices an order id that begins with C is a return that names no order
record Layout(
        String preset,
        String encoding,
        char delimiter,
        Map<Field, Integer> columns,
        Map<Field, String> names,
        boolean cancellingInvoices,
        boolean backfill) {

    Charset charset() {
        return Charset.forName(encoding);
    }

    boolean has(Field field) {
        return columns.containsKey(field);
    }

    /// The column's name where the file has it, else the field's.
    String name(Field field) {
        return names.getOrDefault(field, field.word());
    }
}
