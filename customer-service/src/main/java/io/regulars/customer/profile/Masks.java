package io.regulars.customer.profile;

import java.util.Map;
import java.util.stream.Collectors;

/// Personal data for roles that need not see it: enough to recognise, too little to reach or name the person.
final class Masks {

    private static final String HIDDEN = "***";

    private Masks() {}

    /// 张小红: 张**
    static String name(String name) {
        return name == null || name.isEmpty() ? name : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }

    /// +8613800138000: +86*******8000
    static String phone(String phone) {
        if (phone == null || phone.length() < 8) {
            return phone == null ? null : HIDDEN;
        }
        return phone.substring(0, 3) + "*".repeat(phone.length() - 7) + phone.substring(phone.length() - 4);
    }

    /// hong@example.com: h***@example.com
    static String email(String email) {
        int at = email == null ? -1 : email.lastIndexOf('@');
        return at < 1 ? (email == null ? null : HIDDEN) : email.charAt(0) + HIDDEN + email.substring(at);
    }

    static Map<String, String> values(Map<String, String> map) {
        return map.keySet().stream().collect(Collectors.toMap(name -> name, name -> HIDDEN));
    }
}
