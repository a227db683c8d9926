package io.regulars.campaign.campaign;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Segments;
import io.regulars.campaign.coupon.Coupons;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.webhook.Webhooks;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps campaigns and leads them through their states.
@ApplicationScoped
public class Campaigns {

    static final String ID = "cmp";

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String SAVE_REVISION = """
            insert into campaign_revision (merchant_id, campaign_id, revision, definition, saved_at, saved_by)
            values (:merchant, :campaign, :revision, :definition::jsonb, :now, :actor)
            """;

    private static final String FAN_OUT = """
            insert into fan_out (merchant_id, campaign_id, revision, started_at)
            values (:merchant, :campaign, :revision, :now)
            """;

    /// From the activation on; its first look comes at once, and says when to look next.
    private static final String CLOCK = """
            insert into trigger_clock (merchant_id, campaign_id, ticked_at, next_at)
            values (:merchant, :campaign, :now, :now)
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Coupons coupons;
    private final Webhooks webhooks;
    private final Segments segments;
    private final Steering steering;
    private final Event<CampaignActivated> activated;
    private final Event<CampaignResumed> resumed;

    Campaigns(
            Jdbi jdbi,
            Clock clock,
            Coupons coupons,
            Webhooks webhooks,
            Segments segments,
            Steering steering,
            Event<CampaignActivated> activated,
            Event<CampaignResumed> resumed) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.coupons = coupons;
        this.webhooks = webhooks;
        this.segments = segments;
        this.steering = steering;
        this.activated = activated;
        this.resumed = resumed;
    }

    public static String publicId(long campaign) {
        return PublicId.format(ID, campaign);
    }

    /// The campaign's id; 404 where the merchant has none such.
    public long resolve(int merchant, String id) {
        return find(merchant, id).id;
    }

    Campaign find(int merchant, String id) {
        return Campaign.of(merchant, parse(id)).orElseThrow(() -> Problems.notFound("campaign", id));
    }

    List<Campaign> after(int merchant, String state, long id, int limit) {
        return Campaign.after(merchant, state, id, limit);
    }

    /// @param playbook the playbook it comes from, or null
    @Transactional
    public Campaign create(int merchant, String actor, String playbook, JsonNode body) {
        Definition definition = read(merchant, body);
        Instant now = clock.instant();
        var campaign = new Campaign();
        campaign.merchantId = merchant;
        campaign.revision = 1;
        campaign.name = definition.name();
        campaign.state = Campaign.DRAFT;
        campaign.playbook = playbook;
        campaign.salt = new BigInteger(80, RANDOM).toString(36);
        campaign.definition = body.toString();
        campaign.createdBy = actor;
        campaign.createdAt = now;
        campaign.updatedAt = now;
        Steering.take(campaign, definition);
        campaign.persistAndFlush();
        saveRevision(campaign, actor);
        steering.saved(campaign, definition);
        return campaign;
    }

    public Optional<Campaign> ofPlaybook(int merchant, String playbook) {
        return Campaign.ofPlaybook(merchant, playbook);
    }

    /// Customers under way stay on the revision they began with.
    @Transactional
    Campaign change(int merchant, String actor, String id, JsonNode body, Integer revision) {
        Definition definition = read(merchant, body);
        Campaign campaign = locked(merchant, id);
        if (revision != null && revision != campaign.revision) {
            throw Problems.preconditionFailed("the campaign was changed since: it is at revision " + campaign.revision);
        }
        campaign.expectOpen("changed");
        if (campaign.activatedAt != null
                && !definition.trigger().equals(Plans.read(campaign.definition).trigger())) {
            throw Problems.conflict("the campaign is " + campaign.state + " and its trigger cannot be changed");
        }
        Steering.takeChanged(campaign, definition, Plans.read(campaign.definition));
        campaign.revision++;
        campaign.name = definition.name();
        campaign.definition = body.toString();
        campaign.updatedAt = clock.instant();
        steering.voidApproval(campaign, actor);
        campaign.persistAndFlush();
        saveRevision(campaign, actor);
        steering.saved(campaign, definition);
        return campaign;
    }

    /// Where a second person has to agree it waits for that.
    @Transactional
    public Campaign activate(int merchant, String actor, String id) {
        Campaign campaign = locked(merchant, id);
        campaign.activate(clock.instant());
        steering.measure(campaign);
        if (steering.needsApproval(campaign)) {
            campaign.activatedAt = null;
            campaign.askApproval(actor, clock.instant());
            campaign.persistAndFlush();
            return campaign;
        }
        return begin(campaign);
    }

    /// Those who are there already are enrolled, where it is for them.
    private Campaign begin(Campaign campaign) {
        campaign.persistAndFlush();
        int merchant = campaign.merchantId;
        Definition definition = Plans.read(campaign.definition);
        if (definition.trigger() instanceof DayTrigger) {
            jdbi.useHandle(handle -> handle.createUpdate(CLOCK)
                    .bind("merchant", merchant)
                    .bind("campaign", campaign.id)
                    .bind("now", campaign.activatedAt)
                    .execute());
            activated.fire(new CampaignActivated(merchant, campaign.id));
        }
        if (definition.fansOut()) {
            jdbi.useHandle(handle -> handle.createUpdate(FAN_OUT)
                    .bind("merchant", merchant)
                    .bind("campaign", campaign.id)
                    .bind("revision", campaign.revision)
                    .bind("now", clock.instant())
                    .execute());
            activated.fire(new CampaignActivated(merchant, campaign.id));
        }
        return campaign;
    }

    @Transactional
    Campaign pause(int merchant, String id) {
        Campaign campaign = locked(merchant, id);
        campaign.pause(clock.instant());
        return campaign;
    }

    @Transactional
    Campaign resume(int merchant, String actor, String id) {
        Campaign campaign = locked(merchant, id);
        campaign.resume(clock.instant());
        if (steering.needsApproval(campaign)) {
            campaign.askApproval(actor, clock.instant());
            campaign.persistAndFlush();
            return campaign;
        }
        return goOn(campaign);
    }

    private Campaign goOn(Campaign campaign) {
        campaign.persistAndFlush();
        resumed.fire(new CampaignResumed(campaign.merchantId, campaign.id));
        return campaign;
    }

    /// Begins, or goes on with what waited for it.
    @Transactional
    Campaign approve(int merchant, String actor, String id) {
        Campaign campaign = locked(merchant, id);
        steering.expectAnother(campaign, actor);
        boolean first = campaign.activatedAt == null;
        campaign.approve(actor, clock.instant());
        return first ? begin(campaign) : goOn(campaign);
    }

    @Transactional
    Campaign reject(int merchant, String actor, String id, String reason) {
        Campaign campaign = locked(merchant, id);
        campaign.reject(clock.instant());
        campaign.persistAndFlush();
        steering.rejected(campaign, actor, reason);
        return campaign;
    }

    @Transactional
    Campaign confirmSize(int merchant, String actor, String id) {
        Campaign campaign = locked(merchant, id);
        campaign.confirmSize(clock.instant());
        steering.confirmed(campaign, actor);
        return goOn(campaign);
    }

    @Transactional
    Campaign finish(int merchant, String id) {
        Campaign campaign = locked(merchant, id);
        campaign.finish(clock.instant());
        campaign.persistAndFlush();
        // what is parked ends with its reason, by the hands that would have sent it
        resumed.fire(new CampaignResumed(merchant, campaign.id));
        return campaign;
    }

    private Campaign locked(int merchant, String id) {
        return Campaign.locked(merchant, parse(id)).orElseThrow(() -> Problems.notFound("campaign", id));
    }

    private static long parse(String id) {
        return PublicId.parse(ID, id).orElseThrow(() -> Problems.notFound("campaign", id));
    }

    private Definition read(int merchant, JsonNode body) {
        var faults = new Faults();
        Definition definition = new DefinitionReader(
                        faults,
                        coupon -> coupons.exists(merchant, coupon),
                        webhook -> webhooks.exists(merchant, webhook))
                .read(body);
        segments.check(merchant, "", body, faults);
        faults.throwIfAny();
        steering.expectMayBeTransactional(definition);
        return definition;
    }

    private void saveRevision(Campaign campaign, String actor) {
        jdbi.useHandle(handle -> handle.createUpdate(SAVE_REVISION)
                .bind("merchant", campaign.merchantId)
                .bind("campaign", campaign.id)
                .bind("revision", campaign.revision)
                .bind("definition", campaign.definition)
                .bind("now", campaign.updatedAt)
                .bind("actor", actor)
                .execute());
    }
}
