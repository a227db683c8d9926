package io.regulars.campaign.coupon;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Codes that everybody types, as long as the stock lasts: each order's use of one is a code of its own.
@ApplicationScoped
class SharedCodes {

    private static final String USED = """
            select code from coupon_code
            where merchant_id = :merchant and order_id = :order and coupon_id = :coupon and state <> 'voided'
            order by id limit 1
            """;

    /// What was held for orders that were never paid.
    private static final String DROP_LAPSED = """
            with gone as (
              delete from coupon_code
              where merchant_id = :merchant and coupon_id = :coupon and state = 'reserved' and reserved_until <= :now
              returning id)
            update coupon set issued = issued - (select count(*) from gone)
            where merchant_id = :merchant and id = :coupon and exists (select from gone)
            """;

    private static final String LOCK =
            "select id from coupon where merchant_id = :merchant and id = :coupon for no key update";

    private static final String GIVE_BACK = """
            with gone as (
              delete from coupon_code where merchant_id = :merchant and code = :code and state = 'reserved' returning id)
            update coupon set issued = issued - 1
            where merchant_id = :merchant and id = :coupon and exists (select from gone)
            """;

    /// Asked of the database: the statements that count do so behind Hibernate's back.
    private static final String LEFT = """
            select stock is null or issued - (
              select count(*) from coupon_code k where k.merchant_id = c.merchant_id and k.coupon_id = c.id
                and k.state = 'reserved' and k.reserved_until <= :now) < stock
            from coupon c where merchant_id = :merchant and id = :coupon
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Issuing issuing;
    private final Redeeming redeeming;

    SharedCodes(Jdbi jdbi, Clock clock, Issuing issuing, Redeeming redeeming) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.issuing = issuing;
        this.redeeming = redeeming;
    }

    /// The code as anybody may use it; empty where it is none that is shared.
    Optional<Redeeming.Code> look(int merchant, String typed) {
        return Coupon.shared(merchant, Codes.normal(typed)).map(coupon -> redeeming.shared(coupon, left(coupon)));
    }

    private boolean left(Coupon coupon) {
        return jdbi.withHandle(handle -> handle.createQuery(LEFT)
                .bind("merchant", coupon.merchantId)
                .bind("coupon", coupon.id)
                .bind("now", clock.instant())
                .mapTo(Boolean.class)
                .one());
    }

    /// The order's use of it; empty where the code is not shared, or the order does not use it.
    Optional<Redeeming.Code> used(int merchant, String typed, String order) {
        return Coupon.shared(merchant, Codes.normal(typed)).flatMap(coupon -> used(coupon, order));
    }

    private Optional<Redeeming.Code> used(Coupon coupon, String order) {
        return jdbi.withHandle(handle -> handle.createQuery(USED)
                        .bind("merchant", coupon.merchantId)
                        .bind("order", order)
                        .bind("coupon", coupon.id)
                        .mapTo(String.class)
                        .findOne())
                .map(code -> redeeming.find(coupon.merchantId, code));
    }

    /// The same, and a new use where the order has none. The order must be locked.
    ///
    /// @param customer who orders, asked where the code is shared
    Optional<Redeeming.Code> use(int merchant, String typed, String order, LongSupplier customer) {
        return Coupon.shared(merchant, Codes.normal(typed))
                .map(coupon -> used(coupon, order).orElseGet(() -> begin(coupon, customer.getAsLong())));
    }

    private Redeeming.Code begin(Coupon coupon, long customer) {
        return switch (begin(new Issuing.Ask(coupon.merchantId, customer, coupon.id, null, null))) {
            case Issuing.Issued issued -> redeeming.find(coupon.merchantId, issued.key());
            case Issuing.Refused refused -> throw Problems.conflict(refused.reason());
        };
    }

    /// A new use. Where there is none left, those go first that were held for orders that were never paid.
    Issuing.Answer begin(Issuing.Ask ask) {
        Issuing.Answer answer = issuing.issueUses(List.of(ask)).get(ask);
        return answer instanceof Issuing.Refused && dropLapsed(ask.merchantId(), ask.couponId())
                ? issuing.issueUses(List.of(ask)).get(ask)
                : answer;
    }

    private boolean dropLapsed(int merchant, long coupon) {
        return jdbi.withHandle(handle -> handle.createUpdate(DROP_LAPSED)
                        .bind("merchant", merchant)
                        .bind("coupon", coupon)
                        .bind("now", clock.instant())
                        .execute())
                > 0;
    }

    /// What was reserved and is not used after all. The coupon is locked first, as by whoever issues.
    void giveBack(Redeeming.Code use) {
        jdbi.useHandle(handle -> {
            handle.createQuery(LOCK)
                    .bind("merchant", use.merchantId())
                    .bind("coupon", use.couponId())
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate(GIVE_BACK)
                    .bind("merchant", use.merchantId())
                    .bind("coupon", use.couponId())
                    .bind("code", use.code())
                    .execute();
        });
    }
}
