package io.regulars.campaign.coupon;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Shops;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Codes at the checkout: what they would give, held for an order while it is paid, used, or let go.
@ApplicationScoped
class Checkout {

    /// A code with what it gives a cart.
    ///
    /// @param objections why it cannot be used now; empty where it can
    record Appraised(Redeeming.Code code, Long discount, List<String> objections) {}

    /// Two codes for one order come one after the other: each sees whether the other may be combined.
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(:merchant, hashtext('order ' || :order))";

    private static final String OTHERS = """
            select coalesce(k.shown, k.code) as code, c.combinable from coupon_code k
            join coupon c on c.merchant_id = k.merchant_id and c.id = k.coupon_id
            where k.merchant_id = :merchant and k.order_id = :order and k.code <> :code
              and (k.state = 'redeemed' or k.state = 'reserved' and k.reserved_until > :now)
            order by k.code
            """;

    private static final String RESERVE = """
            update coupon_code set state = 'reserved', reserved_until = :until, order_id = :order,
              discount = coalesce(:discount, discount)
            where merchant_id = :merchant and code = :code and (valid_until is null or valid_until > :now)
              and (state = 'issued' or state = 'reserved' and (order_id = :order or reserved_until <= :now))
            """;

    private static final String RELEASE = """
            update coupon_code set state = 'issued', reserved_until = null, order_id = null, discount = null
            where merchant_id = :merchant and code = :code and state = 'reserved' and order_id = :order
            """;

    private record Other(String code, boolean combinable) {}

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;
    private final Customers customers;
    private final Redeeming redeeming;
    private final SharedCodes shared;

    Checkout(Jdbi jdbi, Clock clock, Shops shops, Customers customers, Redeeming redeeming, SharedCodes shared) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
        this.customers = customers;
        this.redeeming = redeeming;
        this.shared = shared;
    }

    /// Changes nothing.
    @Transactional
    Appraised check(int merchant, String typed, Use use) {
        Redeeming.Code code = shared.look(merchant, typed).orElseGet(() -> redeeming.find(merchant, typed));
        List<String> objections = new ArrayList<>();
        boolean mine = use.orderId() != null && use.orderId().equals(code.orderId());
        if (!"issued".equals(code.state()) && !(mine && "reserved".equals(code.state()))) {
            objections.add(Redeeming.why(code));
        }
        Appraisal appraisal = appraise(merchant, code, use.cart());
        Optional.ofNullable(appraisal.objection()).ifPresent(objections::add);
        use.with().stream()
                .filter(other -> !Codes.normal(other).equals(Codes.normal(typed)))
                .map(other -> shared.look(merchant, other).orElseGet(() -> redeeming.find(merchant, other)))
                .filter(other -> !code.combinable() || !other.combinable())
                .forEach(other -> objections.add("it cannot be combined with " + other.shown()));
        return new Appraised(code, appraisal.discount(), objections);
    }

    /// Holds a code for an order; the same order may ask again, and holds it longer.
    @Transactional
    Appraised reserve(int merchant, String typed, Use use) {
        Appraised mine = admit(merchant, typed, use);
        Instant now = clock.instant();
        int reserved = jdbi.withHandle(handle -> handle.createUpdate(RESERVE)
                .bind("merchant", merchant)
                .bind("code", mine.code().code())
                .bind("order", use.orderId())
                .bind("until", now.plus(use.hold()))
                .bind("discount", mine.discount())
                .bind("now", now)
                .execute());
        Redeeming.Code code = redeeming.find(merchant, mine.code().code());
        if (reserved == 0 && !("redeemed".equals(code.state()) && use.orderId().equals(code.orderId()))) {
            throw Problems.conflict(Redeeming.why(code));
        }
        return new Appraised(code, mine.discount(), List.of());
    }

    /// Uses a code for an order, which has reserved it or not.
    @Transactional
    Appraised redeem(int merchant, String typed, Use use) {
        Appraised mine = admit(merchant, typed, use);
        Redeeming.Code code = redeeming.redeem(merchant, mine.code().code(), use.orderId(), mine.discount());
        return new Appraised(code, mine.discount(), List.of());
    }

    /// The order is not paid after all. A code that it never held stays as it is.
    @Transactional
    Appraised release(int merchant, String typed, Use use) {
        lock(merchant, use.orderId());
        Redeeming.Code code = shared.used(merchant, typed, use.orderId()).orElse(null);
        if (code != null && !"redeemed".equals(code.state())) {
            shared.giveBack(code);
        }
        Optional<Redeeming.Code> everybodys = shared.look(merchant, typed);
        if (everybodys.isPresent() && (code == null || !"redeemed".equals(code.state()))) {
            return new Appraised(everybodys.get(), null, List.of());
        }
        Redeeming.Code found = code == null ? redeeming.find(merchant, typed) : code;
        int released = jdbi.withHandle(handle -> handle.createUpdate(RELEASE)
                .bind("merchant", merchant)
                .bind("code", found.code())
                .bind("order", use.orderId())
                .execute());
        if (released == 0 && "redeemed".equals(found.state())) {
            throw Problems.conflict(Redeeming.why(found));
        }
        return new Appraised(redeeming.find(merchant, found.code()), null, List.of());
    }

    /// The code that the order would use: of one that is shared a use of its own.
    private Appraised admit(int merchant, String typed, Use use) {
        lock(merchant, use.orderId());
        Redeeming.Code code = shared.use(merchant, typed, use.orderId(), () -> customer(merchant, use))
                .orElseGet(() -> redeeming.find(merchant, typed));
        if ("redeemed".equals(code.state()) && use.orderId().equals(code.orderId())) {
            return new Appraised(code, code.discount(), List.of());
        }
        // what the order holds was judged when it was reserved, unless another cart is told
        boolean judged = use.cart() == null
                && "reserved".equals(code.state())
                && use.orderId().equals(code.orderId());
        Appraisal appraisal = judged ? new Appraisal(code.discount(), null) : appraise(merchant, code, use.cart());
        if (appraisal.objection() != null) {
            throw Problems.conflict(appraisal.objection());
        }
        others(merchant, use.orderId(), code.code()).stream()
                .filter(other -> !code.combinable() || !other.combinable())
                .findFirst()
                .ifPresent(other -> {
                    throw Problems.conflict(
                            "the order uses code %s already, and they cannot be combined".formatted(other.code()));
                });
        return new Appraised(code, appraisal.discount(), List.of());
    }

    private long customer(int merchant, Use use) {
        if (use.customer() == null) {
            throw Problems.invalid("customerId", "is required for a code that is shared");
        }
        return customers.resolve(merchant, use.customer());
    }

    private Appraisal appraise(int merchant, Redeeming.Code code, Cart cart) {
        return Appraisal.of(
                code.offer(), code.marginFloor(), cart, shops.find(merchant).currency());
    }

    private void lock(int merchant, String order) {
        jdbi.useHandle(handle -> handle.createQuery(ONE_AT_A_TIME)
                .bind("merchant", merchant)
                .bind("order", order)
                .map((row, context) -> true)
                .one());
    }

    private List<Other> others(int merchant, String order, String code) {
        return jdbi.withHandle(handle -> handle.createQuery(OTHERS)
                .bind("merchant", merchant)
                .bind("order", order)
                .bind("code", code)
                .bind("now", clock.instant())
                .map((row, context) -> new Other(row.getString("code"), row.getBoolean("combinable")))
                .list());
    }
}
