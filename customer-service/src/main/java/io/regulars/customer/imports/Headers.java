package io.regulars.customer.imports;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.regulars.kit.problem.Problems;

/// Finds the columns of a file by its header line.
final class Headers {

    private static final int LONGEST = 100_000;
    private static final char BOM = '\uFEFF';

    private Headers() {}

    /// @param mapping field to column name, over the preset's
    static Layout layout(Path file, Preset preset, Map<Field, String> mapping, Charset charset, boolean backfill)
            throws IOException {
        String line = firstLine(file, charset);
        char delimiter = delimiter(line);
        Map<String, Integer> places = places(fields(line, delimiter));
        var columns = new EnumMap<Field, Integer>(Field.class);
        var names = new EnumMap<Field, String>(Field.class);
        var wanted = new EnumMap<Field, String>(preset.columns());
        wanted.putAll(mapping);
        wanted.forEach((field, name) -> {
            Integer place = places.get(normal(name));
            if (place != null) {
                columns.put(field, place);
                names.put(field, name);
            } else if (mapping.containsKey(field)) {
                throw Problems.invalid(
                        "mapping." + field.word(),
                        "the file has no column \"%s\"; it has %s".formatted(name, shown(places)));
            }
        });
        requireColumns(columns, wanted, places);
        return new Layout(
                preset.word(), charset.name(), delimiter, columns, names, preset.cancellingInvoices(), backfill);
    }

    private static void requireColumns(
            Map<Field, Integer> columns, Map<Field, String> wanted, Map<String, Integer> places) {
        String missing = Stream.of(Field.ORDER_ID, Field.CUSTOMER_ID, Field.ORDERED_AT)
                .filter(field -> !columns.containsKey(field))
                .map(wanted::get)
                .collect(Collectors.joining(", "));
        if (missing.isEmpty() && !columns.containsKey(Field.UNIT_PRICE) && !columns.containsKey(Field.AMOUNT)) {
            missing = wanted.get(Field.UNIT_PRICE)
                    + (wanted.containsKey(Field.AMOUNT) ? " or " + wanted.get(Field.AMOUNT) : "");
        }
        if (!missing.isEmpty()) {
            throw Problems.invalid(
                    FileCheck.FIELD,
                    "is no CSV with the columns expected: %s missing; its first line has %s"
                            .formatted(missing, shown(places)));
        }
    }

    private static String firstLine(Path file, Charset charset) throws IOException {
        var line = new StringBuilder();
        try (Reader reader = new InputStreamReader(FileCheck.open(file), charset)) {
            for (int c = reader.read(); c >= 0 && c != '\n' && line.length() < LONGEST; c = reader.read()) {
                line.append((char) c);
            }
        }
        String text = line.toString();
        return !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
    }

    /// The one of comma, semicolon and tab that the header has most of.
    private static char delimiter(String header) {
        return Stream.of(',', ';', '\t')
                .max((a, b) -> Long.compare(count(header, a), count(header, b)))
                .orElse(',');
    }

    private static long count(String header, char c) {
        return header.chars().filter(each -> each == c).count();
    }

    private static List<String> fields(String line, char delimiter) throws IOException {
        try (var reader = CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(new StringReader(line))) {
            return reader.stream().findFirst().map(first -> first.getFields()).orElse(List.of());
        } catch (CsvParseException e) {
            throw Problems.invalid(FileCheck.FIELD, "is no CSV: its first line cannot be read");
        }
    }

    private static Map<String, Integer> places(List<String> header) {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < header.size(); i++) {
            places.putIfAbsent(normal(header.get(i)), i);
        }
        return places;
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static String shown(Map<String, Integer> places) {
        return places.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(20)
                .map(entry -> '"'
                        + entry.getKey()
                                .substring(0, Math.min(40, entry.getKey().length()))
                        + '"')
                .collect(Collectors.joining(", "));
    }
}
