package io.regulars.local.demo;

/// What a person and a program need to look at the demo shop.
public record DemoCredentials(
        String merchantId, String ownerEmail, String ownerPassword, String clientId, String clientSecret) {}
