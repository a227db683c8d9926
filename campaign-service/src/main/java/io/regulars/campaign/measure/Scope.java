package io.regulars.campaign.measure;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.statement.SqlStatement;

/// Which enrolments a report is about, and how long after a message an order still counts as its effect.
///
/// @param campaign null for all of the merchant's
/// @param from the first instant of enrolment
/// @param to the first instant after
/// @param window after a message was sent, and after an enrolment
record Scope(int merchant, Long campaign, Instant from, Instant to, Duration window) {

    /// The enrolments; `tier` and `group_key` are empty where there was none or none is kept.
    private static final String COHORT = """
            select e.customer_id, e.id, e.campaign_id, e.revision, e.state, e.reason, e.enrolled_at,
              coalesce(e.tier, '') as tier, coalesce(e.group_key, '') as group_key, e.holdout_percent
            from enrolment e
            where e.merchant_id = :merchant and {chosen}""";

    private static final String CHOSEN = """
            (:campaign::bigint is null or e.campaign_id = :campaign)
              and e.enrolled_at >= :from and e.enrolled_at < :to""";

    /// The messages that reached out.
    private static final String TOUCH = "m.state in ('sent', 'delivered', 'opened', 'clicked')";

    /// The messages of the enrolments: those of one campaign lie together. The customer stands with the id, so
    /// that each is at hand by its key where the planner takes a table for empty.
    private static final String MESSAGES = """
            message m on m.merchant_id = :merchant and (:campaign::bigint is null or m.campaign_id = :campaign)
              and m.customer_id = c.customer_id and m.enrolment_id = c.id""";

    /// The shop's purchases since the first of the enrolments: to be put beside the customers, or to be looked
    /// up by customer. A statement joins them once, and nothing with itself: where the planner errs, it errs by
    /// a factor.
    private static final String ORDERS =
            "purchase_order o on o.merchant_id = :merchant and o.placed_at >= :from and o.kept is not null";

    /// Of a message that was uncertain and turned out delivered no instant of sending is kept.
    private static final String AT = "coalesce(m.sent_at, m.counted_at, m.updated_at)";

    private static final String WINDOW = ":window * interval '1 second'";

    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2200, 1, 1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /// The statement with `{cohort}`, `{chosen}` (of `enrolment e`), `{messages}` (of the cohort `c`),
    /// `{touch}` and `{at}` (of `message m`), `{orders}` (as `o`) and `{window}` written out.
    static String sql(String text) {
        return text.replace("{cohort}", COHORT)
                .replace("{chosen}", CHOSEN)
                .replace("{messages}", MESSAGES)
                .replace("{orders}", ORDERS)
                .replace("{touch}", TOUCH)
                .replace("{at}", AT)
                .replace("{window}", WINDOW);
    }

    /// @param from a day, since ever where null
    /// @param to the day after the last, tomorrow where null
    /// @param window P7D where null
    static Scope of(Shop shop, Long campaign, String from, String to, String window, Clock clock) {
        LocalDate first = from == null ? FIRST_DAY : day("from", from);
        LocalDate last =
                to == null ? LocalDate.ofInstant(clock.instant(), shop.zone()).plusDays(1) : day("to", to);
        if (!first.isBefore(last)) {
            throw Problems.invalid("to", "must lie after from");
        }
        return new Scope(shop.merchantId(), campaign, start(first, shop), start(last, shop), window(window));
    }

    /// The same, where it is no longer than this.
    Scope atMost(Duration longest) {
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw Problems.invalid("to", "must lie at most %d days after from".formatted(longest.toDays()));
        }
        return this;
    }

    /// The same enrolments, said more narrowly: none of them lies before this instant. What is read of orders
    /// goes by it.
    ///
    /// @param first null where there are none
    Scope since(Instant first) {
        return first == null || first.isBefore(from) ? this : new Scope(merchant, campaign, first, to, window);
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        return statement
                .bind("merchant", merchant)
                .bindBySqlType("campaign", campaign, java.sql.Types.BIGINT)
                .bind("from", from)
                .bind("to", to);
    }

    <S extends SqlStatement<S>> S bindWithWindow(S statement) {
        return bind(statement).bind("window", window.toSeconds());
    }

    private static Instant start(LocalDate day, Shop shop) {
        return day.atStartOfDay(shop.zone()).toInstant();
    }

    private static LocalDate day(String field, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (!day.isBefore(FIRST_DAY) && day.isBefore(LAST_DAY)) {
                return day;
            }
        } catch (DateTimeException e) {
            throw Problems.invalid(field, "must be a day such as 2026-01-01");
        }
        throw Problems.invalid(field, "must lie between 1970 and 2200");
    }

    static Duration window(String text) {
        if (text == null) {
            return Duration.ofDays(7);
        }
        try {
            Duration window = Fields.parse(text);
            if (window.isPositive() && window.compareTo(LONGEST) <= 0) {
                return window;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw Problems.invalid("window", "must be an ISO 8601 duration such as P7D or PT12H");
        }
        throw Problems.invalid("window", "must be longer than nothing and at most P365D");
    }
}
