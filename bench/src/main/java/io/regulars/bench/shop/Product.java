package io.regulars.bench.shop;

/// Something the shop sells.
///
/// @param price minor units
public record Product(String code, String name, String category, long price) {}
