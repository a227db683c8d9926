package io.regulars.campaign.sms;

import java.time.Duration;
import java.util.function.LongSupplier;

/// So many a second, with a second's worth at once after a rest. Who comes while it is empty is given a place
/// in the line, if that is not too far back.
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double rate;
    private final double size;
    private final LongSupplier nanos;
    private double tokens;
    private long last;

    /// @param rate a second; 0 for no limit
    TokenBucket(double rate, LongSupplier nanos) {
        this.rate = rate;
        this.size = Math.max(1, rate);
        this.nanos = nanos;
        this.tokens = size;
        this.last = nanos.getAsLong();
    }

    /// How long to wait before going; null where that is longer than the patience, and no place is taken.
    synchronized Duration take(Duration patience) {
        if (rate <= 0) {
            return Duration.ZERO;
        }
        refill();
        double wait = tokens >= 1 ? 0 : (1 - tokens) / rate * NANOS;
        if (wait > patience.toNanos()) {
            return null;
        }
        tokens--;
        return Duration.ofNanos((long) Math.ceil(wait));
    }

    /// How many could go within a second.
    synchronized int room() {
        if (rate <= 0) {
            return Integer.MAX_VALUE;
        }
        refill();
        return (int) Math.max(0, Math.floor(tokens + rate));
    }

    private void refill() {
        long now = nanos.getAsLong();
        tokens = Math.min(size, tokens + (now - last) / NANOS * rate);
        last = now;
    }
}
