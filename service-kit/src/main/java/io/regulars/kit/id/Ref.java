package io.regulars.kit.id;

import java.util.Optional;

/// How a caller names a customer or an order: by our id (`cus_1a`) or by the merchant's own (`ext:12346`).
public sealed interface Ref {

    record Id(long id) implements Ref {}

    record External(String externalId) implements Ref {}

    /// Empty where the text is neither, or holds a NUL, which the database can neither store nor be asked for.
    static Optional<Ref> parse(String prefix, String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        if (text != null && text.startsWith("ext:") && text.length() > 4) {
            return Optional.of(new External(text.substring(4)));
        }
        var id = PublicId.parse(prefix, text);
        return id.isPresent() ? Optional.of(new Id(id.getAsLong())) : Optional.empty();
    }
}
