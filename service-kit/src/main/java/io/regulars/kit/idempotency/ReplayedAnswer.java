package io.regulars.kit.idempotency;

/// The answer of an earlier request with the same key. Thrown, so that a method of any type can be answered by it.
final class ReplayedAnswer extends RuntimeException {

    final int status;
    final String location;
    final String body;
    final boolean secret;

    /// @param body as it was sent
    /// @param secret not to be cached
    ReplayedAnswer(Answer answer, String body, boolean secret) {
        super("answered before", null, false, false);
        this.status = answer.status();
        this.location = answer.location();
        this.body = body;
        this.secret = secret;
    }
}
