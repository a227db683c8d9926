package io.regulars.kit.idempotency;

/// What was answered to a request, its body as it lies in the table.
record Answer(int status, String location, String body) {

    Answer withBody(String changed) {
        return new Answer(status, location, changed);
    }
}
