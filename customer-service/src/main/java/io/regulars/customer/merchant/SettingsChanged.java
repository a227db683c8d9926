package io.regulars.customer.merchant;

/// Told inside the transaction that changes a merchant's settings, to the features whose data depend on them.
public record SettingsChanged(Settings before, Settings after) {}
