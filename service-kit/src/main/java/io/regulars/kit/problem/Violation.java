package io.regulars.kit.problem;

/// @param field where, as a path into the body (`lines[2].quantity`), or a parameter's name
/// @param message what is wrong with it, and what would be right
public record Violation(String field, String message) {}
