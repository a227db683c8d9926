package io.regulars.scoring;

/// The same words for people who read Chinese and for those who read English.
public record Words(String zh, String en) {

    public static Words of(String zh, String en) {
        return new Words(zh, en);
    }

    /// The merchant's language: Chinese for every `zh…` locale, else English.
    public String in(String locale) {
        return locale != null && locale.startsWith("zh") ? zh : en;
    }
}
