package io.regulars.campaign.bounce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Blocks of header fields, as reports are made of.
final class Headers {

    private Headers() {}

    /// Each block up to an empty line, by the fields' names in lower case; of two fields of one name the first.
    static List<Map<String, String>> blocks(String text) {
        List<Map<String, String>> blocks = new ArrayList<>();
        for (String block : text.replace("\r\n", "\n").split("\n[ \t]*\n")) {
            Map<String, String> fields = new HashMap<>();
            for (String line : block.replaceAll("\n[ \t]+", " ").split("\n")) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.putIfAbsent(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            if (!fields.isEmpty()) {
                blocks.add(fields);
            }
        }
        return blocks;
    }

    /// Those of these fields that hold an address.
    static List<String> addresses(Map<String, String> fields, String... names) {
        return Stream.of(names)
                .map(name -> address(fields.get(name)))
                .filter(Objects::nonNull)
                .toList();
    }

    /// An address as reports write it: `rfc822; a@b.example`.
    private static String address(String field) {
        if (field == null) {
            return null;
        }
        String address = field.substring(field.indexOf(';') + 1).strip();
        return address.contains("@") ? address.replaceAll("^<|>$", "") : null;
    }
}
