package io.regulars.bench.peer;

/// A peer cannot be had here; the message says why.
public final class PeerMissing extends Exception {

    private static final long serialVersionUID = 1;

    public PeerMissing(String message) {
        super(message);
    }
}
