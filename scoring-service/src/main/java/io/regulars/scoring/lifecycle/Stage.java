package io.regulars.scoring.lifecycle;

import java.util.Locale;

import io.regulars.scoring.Words;

/// The stages, in the order of a life. How long somebody is lost is no stage but a [Loss]: who is lost stays so.
public enum Stage {
    PROSPECT("潜在客户", "Prospect"),
    NEW("新客", "New"),
    GROWING("成长期", "Growing"),
    MATURE("成熟期", "Mature"),
    DECLINING("衰退期", "Declining"),
    SLEEPING("沉睡", "Sleeping"),
    LOST("流失", "Lost"),
    WON_BACK("挽回", "Won back");

    private final Words label;

    Stage(String zh, String en) {
        label = Words.of(zh, en);
    }

    /// As events and requests name it: `prospect`, `new` … `won-back`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Words label() {
        return label;
    }
}
