package io.regulars.scoring.lifecycle;

import java.util.Locale;

/// For how long a lost customer is lost. A degree of the stage and no stage of its own, so that whoever asks for the
/// lost, or leaves them out, goes on meaning all of them.
public enum Loss {
    SHORT,
    LONG;

    /// As answers name it: `short`, `long`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
