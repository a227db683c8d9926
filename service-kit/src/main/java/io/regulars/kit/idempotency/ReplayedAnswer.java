package io.regulars.kit.idempotency;

/// The answer of an earlier request with the same key. Thrown, so that a method of any type can be answered by it.
final class ReplayedAnswer extends RuntimeException {

    final int status;
    final String location;
    final String body;

    ReplayedAnswer(int status, String location, String body) {
        super("answered before", null, false, false);
        this.status = status;
        this.location = location;
        this.body = body;
    }
}
