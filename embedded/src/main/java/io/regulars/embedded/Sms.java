package io.regulars.embedded;

/// An SMS as the gateway took it.
///
/// @param id what the gateway called it: `sms-1`, `sms-2` …
public record Sms(String id, String receivedAt, String to, String text, String idempotencyKey) {}
