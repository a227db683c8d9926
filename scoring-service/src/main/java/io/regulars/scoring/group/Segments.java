package io.regulars.scoring.group;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.regulars.scoring.Words;

/// The ten segments that a grid of recency and frequency scores, five by five, is usually cut into. Monetary value has
/// a score too, which no segment goes by.
final class Segments {

    private record Segment(Words label, String recency, String frequency) {}

    private static final Map<String, Segment> ALL = all();

    static final List<String> KEYS = List.copyOf(ALL.keySet());

    private Segments() {}

    private static Map<String, Segment> all() {
        var all = new LinkedHashMap<String, Segment>();
        all.put("champions", new Segment(Words.of("冠军客户", "Champions"), "5", "45"));
        all.put("loyal", new Segment(Words.of("忠诚客户", "Loyal customers"), "34", "45"));
        all.put("potential-loyalists", new Segment(Words.of("潜在忠诚", "Potential loyalists"), "45", "23"));
        all.put("new", new Segment(Words.of("新近客户", "New customers"), "5", "1"));
        all.put("promising", new Segment(Words.of("有望客户", "Promising"), "4", "1"));
        all.put("need-attention", new Segment(Words.of("需要关注", "Need attention"), "3", "3"));
        all.put("about-to-sleep", new Segment(Words.of("即将沉睡", "About to sleep"), "3", "12"));
        all.put("cannot-lose", new Segment(Words.of("不可失去", "Cannot lose them"), "12", "5"));
        all.put("at-risk", new Segment(Words.of("流失风险", "At risk"), "12", "34"));
        all.put("hibernating", new Segment(Words.of("休眠客户", "Hibernating"), "12", "12"));
        return all;
    }

    static Words label(String key) {
        return ALL.get(key).label();
    }

    /// @param recency score of 1 to 5
    /// @param frequency score of 1 to 5
    static String key(int recency, int frequency) {
        return ALL.entrySet().stream()
                .filter(segment -> segment.getValue().recency().indexOf('0' + recency) >= 0)
                .filter(segment -> segment.getValue().frequency().indexOf('0' + frequency) >= 0)
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
