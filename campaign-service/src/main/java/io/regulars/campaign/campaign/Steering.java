package io.regulars.campaign.campaign;

import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.guardrail.Budgets;
import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.guardrail.Notices;
import io.regulars.campaign.guardrail.Policy;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// What the merchant's guardrails say to a campaign that is saved or switched on: its class, its size, its
/// budgets, and who has to agree.
@ApplicationScoped
class Steering {

    /// Of triggers that tell of an order: what they send serves it.
    private static final String OF_ORDERS = "order-";

    private static final String SAVED_BY = """
            select saved_by from campaign_revision
            where merchant_id = :merchant and campaign_id = :campaign and revision = :revision
            """;

    private final Jdbi jdbi;
    private final Merchant caller;
    private final Guardrails guardrails;
    private final Audiences audiences;
    private final Budgets budgets;
    private final Notices notices;

    Steering(Jdbi jdbi, Merchant caller, Guardrails guardrails, Audiences audiences, Budgets budgets, Notices notices) {
        this.jdbi = jdbi;
        this.caller = caller;
        this.guardrails = guardrails;
        this.audiences = audiences;
        this.budgets = budgets;
        this.notices = notices;
    }

    /// What goes by the definition as it is now, whatever revision a customer is on.
    static void take(Campaign campaign, Definition definition) {
        campaign.priority = definition.rules().priority();
        campaign.expectedValue = definition.rules().expectedValue();
        campaign.expectedAudience = definition.rules().expectedAudience();
    }

    /// A size that was confirmed stays, unless another one is stated.
    static void takeChanged(Campaign campaign, Definition definition, Definition before) {
        Long expected = campaign.expectedAudience;
        take(campaign, definition);
        if (Objects.equals(definition.rules().expectedAudience(), before.rules().expectedAudience())) {
            campaign.expectedAudience = expected;
        }
    }

    void saved(Campaign campaign, Definition definition) {
        budgets.define(campaign.merchantId, campaign.id, definition.rules().budgets());
    }

    /// Marketing that calls itself a notice would reach those who never agreed to it.
    void expectMayBeTransactional(Definition definition) {
        if (definition.rules().transactional()
                && !definition.trigger().type().startsWith(OF_ORDERS)
                && !caller.has(Roles.OWNER)) {
            throw Problems.forbidden("class: a transactional campaign for the trigger "
                    + definition.trigger().type()
                    + " needs the owner's role; without it only triggers of orders may be transactional");
        }
    }

    /// How many a broadcast is going to reach, where nobody said.
    void measure(Campaign campaign) {
        Definition definition = Plans.read(campaign.definition);
        if (campaign.expectedAudience == null && definition.trigger() instanceof Trigger.Broadcast) {
            campaign.expectedAudience = count(campaign.merchantId, definition);
        }
    }

    boolean needsApproval(Campaign campaign) {
        Policy.Approval approval = guardrails.of(campaign.merchantId).policy().approval();
        if (approval == null || Objects.equals(campaign.approvedRevision, campaign.revision)) {
            return false;
        }
        return approval.fromAudience() == null
                || campaign.expectedAudience != null && campaign.expectedAudience >= approval.fromAudience()
                || count(campaign.merchantId, Plans.read(campaign.definition)) >= approval.fromAudience();
    }

    private long count(int merchant, Definition definition) {
        return audiences.count(merchant, definition.audience()).customers();
    }

    /// Another definition than the one that was agreed to, or was about to be.
    void voidApproval(Campaign campaign, String actor) {
        switch (campaign.state) {
            case Campaign.AWAITING_APPROVAL -> {
                campaign.withdraw(campaign.updatedAt);
                say(campaign, "changed", "the campaign was changed, and waits for approval no more");
            }
            case Campaign.ACTIVE -> {
                if (needsApproval(campaign)) {
                    campaign.askApproval(actor, campaign.updatedAt);
                    say(
                            campaign,
                            "changed",
                            "the campaign was changed and needs approval again: nothing goes meanwhile");
                }
            }
            default -> {
                // a draft is not approved yet, and one that is paused asks when it is resumed
            }
        }
    }

    /// Neither who wrote the present definition nor who switched it on.
    void expectAnother(Campaign campaign, String actor) {
        String author = jdbi.withHandle(handle -> handle.createQuery(SAVED_BY)
                .bind("merchant", campaign.merchantId)
                .bind("campaign", campaign.id)
                .bind("revision", campaign.revision)
                .mapTo(String.class)
                .one());
        if (actor.equals(author) || actor.equals(campaign.approvalAskedBy)) {
            throw Problems.forbidden("a second person has to agree: not who wrote the campaign or switched it on");
        }
    }

    void rejected(Campaign campaign, String actor, String reason) {
        say(campaign, "rejected:" + campaign.updatedAt, "rejected by " + actor + ": " + reason);
    }

    void confirmed(Campaign campaign, String actor) {
        notices.say(
                campaign.merchantId,
                campaign.id,
                "confirmed:" + campaign.updatedAt,
                "audience-size",
                actor + " confirmed the size of " + campaign.expectedAudience + " customers");
    }

    private void say(Campaign campaign, String what, String text) {
        notices.say(campaign.merchantId, campaign.id, what + ":" + campaign.revision, "approval", text);
    }
}
