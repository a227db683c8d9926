package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.regulars.campaign.reading.Fields;

/// What a merchant gives away, and how much of it.
@Entity
@Table(name = "coupon")
public class Coupon extends PanacheEntityBase {

    static final String ID = "cpn";

    @Id
    @GeneratedValue(generator = "coupon_id_seq")
    @SequenceGenerator(name = "coupon_id_seq", allocationSize = 1)
    public Long id;

    @Column(name = "merchant_id", updatable = false)
    public int merchantId;

    @Version
    public int revision;

    public String name;
    public String kind;

    @Column(name = "percent_off")
    public BigDecimal percentOff;

    @Column(name = "amount_off")
    public Long amountOff;

    @Column(name = "minimum_spend")
    public Long minimumSpend;

    public String gift;

    @Column(name = "valid_until")
    public Instant validUntil;

    @Column(name = "valid_for")
    public String validFor;

    public Long stock;

    @Column(name = "per_customer")
    public Integer perCustomer;

    @Column(updatable = false)
    public String codes;

    @Column(name = "shared_code", updatable = false)
    public String sharedCode;

    @Column(name = "shared_key", updatable = false)
    public String sharedKey;

    public boolean combinable;

    @Column(name = "margin_floor")
    public BigDecimal marginFloor;

    @Column(name = "on_refund")
    public String onRefund;

    /// For how many points a customer gets a code; null where for none.
    @Column(name = "points_price")
    public Long pointsPrice;

    /// Counted by the statement that issues codes, never written by an edit.
    @Column(insertable = false, updatable = false)
    public long issued;

    @Column(name = "created_at", updatable = false)
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    public static Optional<Coupon> of(int merchant, long id) {
        return find("merchantId = ?1 and id = ?2", merchant, id).firstResultOptional();
    }

    /// @param key as [Codes#normal] gives it
    static Optional<Coupon> shared(int merchant, String key) {
        return find("merchantId = ?1 and sharedKey = ?2", merchant, key).firstResultOptional();
    }

    static List<Coupon> after(int merchant, long id, int limit) {
        return find("merchantId = ?1 and id > ?2 order by id", merchant, id)
                .page(0, limit)
                .list();
    }

    Offer offer() {
        return new Offer(kind, percentOff, amountOff, minimumSpend, gift);
    }

    /// Until when a code that is issued now can be used, or null where it can be for ever.
    static Instant validUntil(Instant until, String duration, Instant now) {
        Instant by = duration == null ? null : now.plus(Fields.parse(duration));
        if (until == null || by == null) {
            return until == null ? by : until;
        }
        return until.isBefore(by) ? until : by;
    }
}
