package io.regulars.customer.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import io.regulars.kit.problem.Problems;

/// The encodings that shops' exports come in.
final class Encodings {

    static final Charset GBK = Charset.forName("GB18030");

    private static final Map<String, Charset> KNOWN = Map.of(
            "utf-8",
            StandardCharsets.UTF_8,
            "utf8",
            StandardCharsets.UTF_8,
            "gbk",
            GBK,
            "gb2312",
            GBK,
            "gb18030",
            GBK,
            "iso-8859-1",
            StandardCharsets.ISO_8859_1,
            "windows-1252",
            Charset.forName("windows-1252"));

    private Encodings() {}

    /// UTF-8 where nothing is said. GB18030 reads all that GBK and GB2312 write.
    static Charset named(String word) {
        if (word == null || word.isBlank()) {
            return StandardCharsets.UTF_8;
        }
        Charset known = KNOWN.get(word.strip().toLowerCase(Locale.ROOT));
        if (known == null) {
            throw Problems.invalid("encoding", "must be UTF-8, GBK, GB18030, ISO-8859-1 or windows-1252");
        }
        return known;
    }
}
