package io.regulars.campaign.campaign;

import java.util.List;
import java.util.stream.Stream;

/// What a journey can wait for.
///
/// @param type `order`; `message-opened` or `message-clicked`, of a message of this journey; `event`, which
///     the shop tells over the API; `interaction`
/// @param name of an event, or the kind of an interaction; else null
/// @param products of an order: at least one of these or of the categories; both empty for any order
/// @param sinceEnrolment whether it counts from the customer's enrolment on; else from the begin of the
///     wait
public record Happening(
        String type, String name, List<String> products, List<String> categories, boolean sinceEnrolment) {

    public static final String ORDER = "order";
    public static final String OPENED = "message-opened";
    public static final String CLICKED = "message-clicked";

    public static final String EVENT = "event";
    public static final String INTERACTION = "interaction";

    static final List<String> TYPES = List.of(ORDER, OPENED, CLICKED, EVENT, INTERACTION);

    /// What is listened for: `order`, `event:checkout_started`.
    public String key() {
        return name == null ? type : key(type, name);
    }

    public static String key(String type, String name) {
        return type + ":" + name;
    }

    /// Whether it comes from outside: an order, an event of the shop's own, an interaction.
    static boolean isNews(String key) {
        return key.equals(ORDER) || key.startsWith(EVENT + ":") || key.startsWith(INTERACTION + ":");
    }

    /// Products and categories in one list, told apart by their first letters; empty for any order.
    public List<String> subjects() {
        return Stream.concat(
                        products.stream().map(product -> "p:" + product),
                        categories.stream().map(category -> "c:" + category))
                .toList();
    }
}
