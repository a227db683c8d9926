package io.regulars.local.demo.shop;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who the customers are. Nobody real: e-mail domains are reserved for examples, and the phones begin with 154, a
/// mobile
/// prefix that no carrier has.
final class People {

    private static final List<String> MAIL_DOMAINS = List.of("example.com", "example.net", "example.org");
    private static final Weighted<String> NEEDS = Weighted.words("functional 62 emotional 26 social 12");
    private static final List<String> HOUSE_INTERESTS = List.of("收纳", "烹饪", "家居清洁", "宠物", "健身");
    private static final List<String> BABY_INTERESTS = List.of("母婴", "早教", "辅食", "亲子出行", "绘本");
    private static final String OPENID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private People() {}

    static Customer draw(Draws draws, int number, Habits habits, LocalDate today) {
        var female = draws.chance(habits.babyBorn() == null ? 0.58 : 0.81);
        var name = Names.full(draws, female, number);
        var place = Places.draw(draws);
        var email = draws.chance(0.58)
                ? Names.latin(name) + "." + (100_001 + number) + "@" + draws.pick(MAIL_DOMAINS)
                : null;
        var phone = draws.chance(0.94) ? "+86154" + (10_000_000 + number * 3_701) : null;
        return new Customer(
                "u" + (100_001 + number),
                name,
                draws.chance(0.92) ? (female ? "female" : "male") : null,
                draws.chance(0.71) ? birthday(draws, habits, today) : null,
                place.region(),
                place.city(),
                phone,
                email,
                identities(draws, number),
                tags(draws, habits, female),
                attributes(habits),
                draws.chance(0.5) ? NEEDS.draw(draws) : null,
                interests(draws, habits),
                consents(draws, phone, email));
    }

    private static LocalDate birthday(Draws draws, Habits habits, LocalDate today) {
        var age = habits.babyBorn() == null ? draws.normal(37, 10) : draws.normal(31, 4.5);
        return today.minusDays((long) (365.25 * Math.clamp(age, 18.5, 76)));
    }

    private static Map<String, String> identities(Draws draws, int number) {
        var identities = new TreeMap<String, String>();
        if (draws.chance(0.66)) {
            identities.put("taobao", "tb" + (520_000_000L + number * 7919L));
        }
        if (draws.chance(0.44)) {
            var openid = new StringBuilder("oDEMO");
            while (openid.length() < 28) {
                openid.append(OPENID_LETTERS.charAt(draws.below(OPENID_LETTERS.length())));
            }
            identities.put("wechat", openid.toString());
        }
        return identities;
    }

    private static List<String> tags(Draws draws, Habits habits, boolean female) {
        var tags = new ArrayList<String>();
        if (habits.babyBorn() != null && draws.chance(0.5)) {
            tags.add(female ? "宝妈" : "宝爸");
        }
        if (habits.spend() > 1.6 && draws.chance(0.6)) {
            tags.add("囤货党");
        }
        if (draws.chance(0.06)) {
            tags.add("企业采购");
        }
        return List.copyOf(tags);
    }

    private static Map<String, String> attributes(Habits habits) {
        return habits.babyBorn() == null
                ? Map.of()
                : Map.of("babyBorn", habits.babyBorn().toString());
    }

    private static List<String> interests(Draws draws, Habits habits) {
        var from = habits.babyBorn() == null ? HOUSE_INTERESTS : BABY_INTERESTS;
        var first = draws.pick(from);
        var second = draws.pick(from);
        return draws.chance(0.35) ? List.of() : first.equals(second) ? List.of(first) : List.of(first, second);
    }

    /// Hardly anybody turns the in-site inbox off; many were never asked about the rest.
    private static Map<String, Boolean> consents(Draws draws, String phone, String email) {
        var consents = new HashMap<String, Boolean>();
        consents.put("inbox", draws.chance(0.97));
        if (phone != null && draws.chance(0.78)) {
            consents.put("sms", draws.chance(0.86));
        }
        if (email != null && draws.chance(0.82)) {
            consents.put("email", draws.chance(0.88));
        }
        return new TreeMap<>(consents);
    }
}
