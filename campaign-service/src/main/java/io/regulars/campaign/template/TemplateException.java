package io.regulars.campaign.template;

/// A template cannot be filled for this customer; the message says what is missing.
public final class TemplateException extends Exception {

    public TemplateException(String message) {
        super(message);
    }

    TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
