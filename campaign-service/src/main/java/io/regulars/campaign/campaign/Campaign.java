package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.regulars.kit.problem.Problems;
import org.hibernate.annotations.ColumnTransformer;

/// A campaign and the state it is in.
@Entity
@Table(name = "campaign")
public class Campaign extends PanacheEntityBase {

    static final String DRAFT = "draft";
    static final String AWAITING_APPROVAL = "awaiting-approval";
    static final String ACTIVE = "active";
    static final String PAUSED = "paused";
    static final String FINISHED = "finished";

    @Id
    @GeneratedValue(generator = "campaign_id_seq")
    @SequenceGenerator(name = "campaign_id_seq", allocationSize = 1)
    public Long id;

    @Column(name = "merchant_id", updatable = false)
    public int merchantId;

    /// Grows with each definition that is saved.
    public int revision;

    public String name;
    public String state;

    @Column(updatable = false)
    public String playbook;

    @Column(updatable = false)
    public String salt;

    /// As people wrote it.
    @ColumnTransformer(write = "?::jsonb")
    public String definition;

    @Column(name = "created_by", updatable = false)
    public String createdBy;

    @Column(name = "created_at", updatable = false)
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    @Column(name = "activated_at")
    public Instant activatedAt;

    @Column(name = "finished_at")
    public Instant finishedAt;

    public int priority;

    @Column(name = "expected_value")
    public BigDecimal expectedValue = BigDecimal.ZERO;

    /// Null where nothing is known.
    @Column(name = "expected_audience")
    public Long expectedAudience;

    /// How many it was about to reach when it stopped itself; null where that is no matter.
    @Column(name = "stopped_at_audience")
    public Long stoppedAtAudience;

    @Column(name = "approval_asked_by")
    public String approvalAskedBy;

    @Column(name = "approved_by")
    public String approvedBy;

    /// Null while none is.
    @Column(name = "approved_revision")
    public Integer approvedRevision;

    static Optional<Campaign> of(int merchant, long id) {
        return find("merchantId = ?1 and id = ?2", merchant, id).firstResultOptional();
    }

    /// For a change of its state: whoever comes at the same time waits.
    static Optional<Campaign> locked(int merchant, long id) {
        return find("merchantId = ?1 and id = ?2", merchant, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    static Optional<Campaign> ofPlaybook(int merchant, String playbook) {
        return find("merchantId = ?1 and playbook = ?2 and state <> 'finished'", merchant, playbook)
                .firstResultOptional();
    }

    static List<Campaign> after(int merchant, String state, long id, int limit) {
        return find("merchantId = ?1 and (?2 is null or state = ?2) and id > ?3 order by id", merchant, state, id)
                .page(0, limit)
                .list();
    }

    void activate(Instant now) {
        expect("activated", DRAFT);
        state = ACTIVE;
        activatedAt = now;
        updatedAt = now;
    }

    void pause(Instant now) {
        expect("paused", ACTIVE);
        state = PAUSED;
        updatedAt = now;
    }

    void resume(Instant now) {
        expect("resumed", PAUSED);
        if (stoppedAtAudience != null) {
            throw Problems.conflict("the campaign is paused, since it would have reached " + stoppedAtAudience
                    + " customers, and cannot be resumed before confirm-size");
        }
        state = ACTIVE;
        updatedAt = now;
    }

    /// Waits for a second person, from wherever it is.
    void askApproval(String actor, Instant now) {
        state = AWAITING_APPROVAL;
        approvalAskedBy = actor;
        updatedAt = now;
    }

    void approve(String actor, Instant now) {
        expect("approved", AWAITING_APPROVAL);
        state = ACTIVE;
        activatedAt = activatedAt == null ? now : activatedAt;
        approvedBy = actor;
        approvedRevision = revision;
        updatedAt = now;
    }

    void reject(Instant now) {
        expect("rejected", AWAITING_APPROVAL);
        withdraw(now);
    }

    /// Back to where it was before somebody was asked: nothing goes out.
    void withdraw(Instant now) {
        state = activatedAt == null ? DRAFT : PAUSED;
        approvalAskedBy = null;
        updatedAt = now;
    }

    /// As many as it found are expected from now on.
    void confirmSize(Instant now) {
        if (!PAUSED.equals(state) || stoppedAtAudience == null) {
            throw Problems.conflict("the campaign is " + state + " and waits for nobody to confirm its size");
        }
        expectedAudience = stoppedAtAudience;
        stoppedAtAudience = null;
        state = ACTIVE;
        updatedAt = now;
    }

    void finish(Instant now) {
        if (FINISHED.equals(state)) {
            throw forbidden("finished");
        }
        state = FINISHED;
        finishedAt = now;
        updatedAt = now;
    }

    void expectOpen(String what) {
        if (FINISHED.equals(state)) {
            throw forbidden(what);
        }
    }

    private void expect(String what, String expected) {
        if (!expected.equals(state)) {
            throw forbidden(what);
        }
    }

    private RuntimeException forbidden(String what) {
        return Problems.conflict("the campaign is " + state + " and cannot be " + what);
    }
}
