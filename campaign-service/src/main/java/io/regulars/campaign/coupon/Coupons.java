package io.regulars.campaign.coupon;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps the definitions of coupons.
@ApplicationScoped
public class Coupons {

    private static final String TAKEN = """
            select exists (select from coupon where merchant_id = :merchant and shared_key = :key)
              or exists (select from coupon_code where merchant_id = :merchant and code = :key)
              or exists (select from coupon_pool where merchant_id = :merchant and code = :key)
            """;

    private final Jdbi jdbi;
    private final Shops shops;
    private final Clock clock;

    Coupons(Jdbi jdbi, Shops shops, Clock clock) {
        this.jdbi = jdbi;
        this.shops = shops;
        this.clock = clock;
    }

    public static String publicId(long coupon) {
        return PublicId.format(Coupon.ID, coupon);
    }

    public static Optional<Long> parse(String text) {
        var id = PublicId.parse(Coupon.ID, text);
        return id.isPresent() ? Optional.of(id.getAsLong()) : Optional.empty();
    }

    @Transactional
    public Coupon create(int merchant, JsonNode body) {
        CouponDraft draft = read(merchant, body);
        var coupon = new Coupon();
        coupon.merchantId = merchant;
        coupon.createdAt = clock.instant();
        coupon.codes = draft.rules().codes();
        coupon.sharedCode = draft.rules().sharedCode();
        coupon.sharedKey = draft.rules().sharedKey();
        if (coupon.sharedKey != null && taken(merchant, coupon.sharedKey)) {
            throw Problems.conflict("there is a code " + coupon.sharedCode + " already");
        }
        draft.applyTo(coupon, clock.instant());
        coupon.persistAndFlush();
        return coupon;
    }

    @Transactional
    Coupon change(int merchant, String id, JsonNode body, Integer revision) {
        CouponDraft draft = read(merchant, body);
        Coupon coupon = find(merchant, id);
        if (revision != null && revision != coupon.revision) {
            throw Problems.preconditionFailed("the coupon was changed since: it is at revision " + coupon.revision);
        }
        if (draft.stock() != null && draft.stock() < coupon.issued) {
            throw Problems.invalid("stock", coupon.issued + " codes are issued already");
        }
        if (!draft.rules().codes().equals(coupon.codes)
                || !Objects.equals(draft.rules().sharedKey(), coupon.sharedKey)) {
            throw Problems.invalid("codes", "cannot be changed: define another coupon");
        }
        draft.applyTo(coupon, clock.instant());
        coupon.persistAndFlush();
        return coupon;
    }

    private boolean taken(int merchant, String key) {
        return jdbi.withHandle(handle -> handle.createQuery(TAKEN)
                .bind("merchant", merchant)
                .bind("key", key)
                .mapTo(Boolean.class)
                .one());
    }

    Coupon find(int merchant, String id) {
        return parse(id)
                .flatMap(number -> Coupon.of(merchant, number))
                .orElseThrow(() -> Problems.notFound("coupon", id));
    }

    public boolean exists(int merchant, long id) {
        return Coupon.of(merchant, id).isPresent();
    }

    List<Coupon> after(int merchant, long id, int limit) {
        return Coupon.after(merchant, id, limit);
    }

    private CouponDraft read(int merchant, JsonNode body) {
        var faults = new Faults();
        CouponDraft draft = CouponDraft.read(body, shops.find(merchant).currency(), faults);
        Instant now = clock.instant();
        if (draft.validUntil() != null && !draft.validUntil().isAfter(now)) {
            faults.add("validUntil", "lies in the past");
        }
        faults.throwIfAny();
        return draft;
    }
}
