package io.regulars.scoring.draft;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.regulars.kit.problem.Problems;
import org.hibernate.annotations.ColumnTransformer;

/// A version of a merchant's scoring model: a draft, then active, then retired; retired ones may come back.
@Entity
@Table(name = "model")
@IdClass(ScoringModel.Key.class)
class ScoringModel extends PanacheEntityBase {

    enum State {
        draft,
        active,
        retired
    }

    /// Which version of which merchant.
    static final class Key {
        int merchantId;
        int version;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.merchantId == merchantId && key.version == version;
        }

        @Override
        public int hashCode() {
            return Objects.hash(merchantId, version);
        }
    }

    @Id
    @Column(name = "merchant_id")
    int merchantId;

    @Id
    int version;

    String name;

    @Enumerated(EnumType.STRING)
    State state;

    @ColumnTransformer(write = "?::jsonb")
    String definition;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "activated_at")
    Instant activatedAt;

    /// Grows with each change, so that nobody overwrites what somebody else wrote meanwhile.
    @Version
    int edition;

    static List<ScoringModel> ofMerchant(int merchant) {
        return list("merchantId = ?1 order by version desc", merchant);
    }

    static Optional<ScoringModel> ofMerchant(int merchant, int version) {
        return find("merchantId = ?1 and version = ?2", merchant, version).firstResultOptional();
    }

    static Optional<ScoringModel> activeOf(int merchant) {
        return find("merchantId = ?1 and state = ?2", merchant, State.active).firstResultOptional();
    }

    /// The one that scored before the present one.
    static Optional<ScoringModel> retiredLast(int merchant) {
        return find("merchantId = ?1 and state = ?2 order by activatedAt desc, version desc", merchant, State.retired)
                .firstResultOptional();
    }

    static int nextVersion(int merchant) {
        return ScoringModel.ofMerchant(merchant).stream()
                        .mapToInt(model -> model.version)
                        .max()
                        .orElse(0)
                + 1;
    }

    void edit(String newName, String newDefinition) {
        if (state != State.draft) {
            throw Problems.conflict("the model is %s; only a draft can be changed".formatted(state));
        }
        name = newName;
        definition = newDefinition;
    }

    void requireActive() {
        if (state != State.active) {
            throw Problems.conflict("the model is %s; only the active one can be rolled back".formatted(state));
        }
    }

    void activate(Instant now) {
        if (state == State.active) {
            throw Problems.conflict("the model is active already");
        }
        state = State.active;
        activatedAt = now;
    }

    void retire() {
        state = State.retired;
    }
}
