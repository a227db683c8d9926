package io.regulars.local.api;

/// An answer other than the one hoped for.
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    ApiException(String message, int status) {
        super(message);
        this.status = status;
    }

    ApiException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /// The HTTP status, 0 where nothing answered.
    public int status() {
        return status;
    }
}
