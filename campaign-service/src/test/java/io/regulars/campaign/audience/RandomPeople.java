package io.regulars.campaign.audience;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Draws customers of whom little or much is known.
final class RandomPeople {

    static final List<String> TEXTS = List.of("vip", "浙江", "high", "zh-CN");
    static final List<String> PRODUCTS = List.of("WIPES", "DIAPER", "it's \"%_\\");
    static final List<String> CATEGORIES = List.of("baby", "bath");
    static final List<String> ATTRIBUTES = List.of("10", "-3.25", "cat", "1e3", "30.5");
    static final List<Long> COUPONS = List.of(1_450_000_001L, 1_450_000_002L);
    static final List<String> KINDS = List.of("visited", "product_viewed");
    private static final List<String> CHANNELS = List.of("email", "sms", "inbox");

    private final Random random;
    private final Instant now;
    private long ids = 1;

    RandomPeople(Random random, Instant now) {
        this.random = random;
        this.now = now;
    }

    Person person(long id) {
        return new Person(
                id,
                texts(),
                maybe((long) random.nextInt(5)),
                random.nextInt(2),
                random.nextInt(5),
                random.nextInt(40_000),
                maybe(RandomConditions.TODAY.minusDays(random.nextInt(150))),
                maybe(ago(200)),
                maybe(birthday()),
                some(TEXTS),
                some(TEXTS),
                some(TEXTS),
                some(PRODUCTS),
                attributes(),
                maybe(random.nextBoolean()),
                maybe(random.nextBoolean()),
                maybe(random.nextBoolean()),
                many(this::order),
                many(() -> new Person.Act(ids++, one(KINDS), ago(100))),
                contacts(),
                many(this::coupon),
                maybe((long) random.nextInt(-20, 300)),
                many(() -> new Person.Lot(1 + random.nextInt(100), maybe(ahead(60)))));
    }

    private Map<Field, String> texts() {
        Map<Field, String> texts = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            if (field.type() == FieldType.TEXT && random.nextInt(4) > 0) {
                texts.put(field, one(TEXTS));
            }
        }
        return texts;
    }

    /// Leap days often enough.
    private LocalDate birthday() {
        return random.nextInt(5) == 0
                ? LocalDate.of(1992, 2, 29)
                : LocalDate.of(1990, 1, 1).plusDays(random.nextInt(2_000));
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        for (String name : List.of("size", "pet")) {
            if (random.nextBoolean()) {
                attributes.put(name, one(ATTRIBUTES));
            }
        }
        return attributes;
    }

    private Person.Order order() {
        Long kept = random.nextInt(4) == 0 ? null : (long) random.nextInt(20_000);
        Map<String, Person.Line> lines = new HashMap<>();
        for (int i = random.nextInt(3); i > 0 && kept != null; i--) {
            String product = one(PRODUCTS);
            lines.put(
                    product,
                    new Person.Line(product, maybe(one(CATEGORIES)), 1 + random.nextInt(3), random.nextInt(20_000)));
        }
        return new Person.Order(ids++, ago(400), kept, List.copyOf(lines.values()));
    }

    private List<Person.Contact> contacts() {
        List<Person.Contact> contacts = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            long message = ids++;
            String channel = one(CHANNELS);
            long campaign = 1 + random.nextInt(3);
            Instant at = ago(100);
            for (int kind = 1; kind <= 5; kind++) {
                if (kind == 1 || random.nextInt(3) == 0) {
                    contacts.add(new Person.Contact(message, kind, channel, campaign, at.plusSeconds(kind)));
                }
            }
        }
        return contacts;
    }

    private Person.Coupon coupon() {
        Instant redeemed = random.nextInt(3) == 0 ? ago(100) : null;
        return new Person.Coupon(one(COUPONS), maybe(random.nextInt(3) == 0 ? ago(30) : ahead(60)), redeemed);
    }

    private interface Draw<T> {
        T draw();
    }

    private <T> List<T> many(Draw<T> draw) {
        List<T> many = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            many.add(draw.draw());
        }
        return many;
    }

    private Set<String> some(List<String> of) {
        Set<String> some = new HashSet<>();
        of.stream().filter(_ -> random.nextInt(3) == 0).forEach(some::add);
        return some;
    }

    private Instant ago(int days) {
        return now.minusSeconds(1 + random.nextInt(days * 86_400));
    }

    private Instant ahead(int days) {
        return now.plusSeconds(1 + random.nextInt(days * 86_400));
    }

    private <T> T maybe(T value) {
        return random.nextInt(5) == 0 ? null : value;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
