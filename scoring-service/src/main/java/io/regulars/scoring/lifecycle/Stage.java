package io.regulars.scoring.lifecycle;

import java.util.Locale;

import io.regulars.scoring.Words;

/// The stages, in the order of a life.
public enum Stage {
    PROSPECT("潜在客户", "Prospect"),
    NEW("新客", "New"),
    GROWING("成长期", "Growing"),
    MATURE("成熟期", "Mature"),
    DECLINING("衰退期", "Declining"),
    SLEEPING("沉睡", "Sleeping"),
    LOST("流失", "Lost");

    private final Words label;

    Stage(String zh, String en) {
        label = Words.of(zh, en);
    }

    /// As events and requests name it: `prospect`, `new` …
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Words label() {
        return label;
    }
}
