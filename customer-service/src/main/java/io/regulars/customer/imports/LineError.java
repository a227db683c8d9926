package io.regulars.customer.imports;

/// What is wrong with a line: a row of `import_error`.
///
/// @param field the column's name in the file
record LineError(long line, String field, String reason, String value) {

    private static final int LONGEST = 200;

    LineError {
        value = value == null ? "" : value.replace("\0", "");
        value = value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
    }
}
