package io.regulars.scoring.lifetime;

/// A model does not fit: what was fitted before stays.
public final class FitFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    FitFailed(String message) {
        super(message);
    }

    FitFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
