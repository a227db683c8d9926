package io.regulars.customer.access;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.regulars.customer.input.Checks;
import io.regulars.kit.merchant.Roles;

/// What a user or client may be given, and what a password must be.
final class Grants {

    private static final List<String> ROLES =
            List.of(Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION);

    private static final int SHORTEST = 8;

    /// More bytes of a password are not looked at by BCrypt.
    private static final int LONGEST = 72;

    private Grants() {}

    static List<String> roles(Checks checks, List<String> roles) {
        if (roles == null || roles.isEmpty()) {
            checks.violate("roles", "must hold at least one of " + String.join(", ", ROLES));
            return List.of();
        }
        for (int i = 0; i < roles.size(); i++) {
            if (!ROLES.contains(roles.get(i))) {
                checks.violate("roles[" + i + "]", "must be one of " + String.join(", ", ROLES));
            }
        }
        return roles.stream().distinct().toList();
    }

    static String password(Checks checks, String field, String password) {
        if (password == null
                || password.codePointCount(0, password.length()) < SHORTEST
                || password.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || password.indexOf('\0') >= 0) {
            checks.violate(field, "must have at least %d characters and at most %d bytes".formatted(SHORTEST, LONGEST));
        }
        return password;
    }
}
