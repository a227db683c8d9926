package io.regulars.campaign.webhook;

/// Not to be called, and no use to try again.
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
