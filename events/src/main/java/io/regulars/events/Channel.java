package io.regulars.events;

/// How a message reaches a customer.
public enum Channel {
    EMAIL,
    SMS,
    INBOX
}
