package io.regulars.campaign.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.journey.EnrolmentList;
import io.regulars.campaign.measure.MessageSales;
import io.regulars.campaign.message.MessageList.Passage;
import io.regulars.campaign.message.MessageList.Row;
import io.regulars.campaign.message.MessageView;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.kit.id.PublicId;

/// Puts together what is known of a message.
@ApplicationScoped
class Traces {

    private static final Set<String> TOLD = Set.of("delivered", "bounced", "opened", "clicked");

    /// What a provider's answer makes of a message that was on its way.
    private static final Set<String> ANSWERED = Set.of("sent", "failed", "uncertain", "planned");

    private final Plans plans;
    private final EnrolmentList enrolments;
    private final Causes causes;
    private final Figures figures;
    private final Aftermaths aftermaths;
    private final MessageSales sales;

    Traces(
            Plans plans,
            EnrolmentList enrolments,
            Causes causes,
            Figures figures,
            Aftermaths aftermaths,
            MessageSales sales) {
        this.plans = plans;
        this.enrolments = enrolments;
        this.causes = causes;
        this.figures = figures;
        this.aftermaths = aftermaths;
        this.sales = sales;
    }

    Trace of(int merchant, Row message) {
        var key = new Plan.Key(merchant, message.campaignId(), message.revision());
        Plan plan = plans.load(List.of(key)).get(key);
        EnrolmentList.Detail enrolment = enrolments
                .find(merchant, message.customerId(), message.enrolmentId())
                .orElse(null);
        return new Trace(
                MessageView.of(message),
                causes.of(merchant, message.customerId(), message.campaignId(), message.occurrence()),
                enrolment == null ? null : way(enrolment, plan),
                steps(plan, message, enrolment),
                figures.decisions(merchant, message),
                provider(message),
                message.trail().stream()
                        .filter(passage -> TOLD.contains(passage.state()))
                        .map(passage -> new Trace.Receipt(passage.at(), passage.state(), passage.reason()))
                        .toList(),
                aftermaths.hits(merchant, message.customerId(), message.id()),
                aftermaths.codes(merchant, message.customerId(), message.enrolmentId()),
                sales.of(merchant, message.customerId(), message.id()),
                message.trail());
    }

    private static Trace.Way way(EnrolmentList.Detail enrolment, Plan plan) {
        return new Trace.Way(
                PublicId.format("enr", enrolment.row().id()),
                Campaigns.publicId(enrolment.row().campaignId()) + " " + plan.name(),
                enrolment.revision(),
                enrolment.row().state(),
                enrolment.row().reason(),
                enrolment.row().enrolledAt(),
                enrolment.tier(),
                enrolment.group(),
                enrolment.arms());
    }

    private static List<Trace.StepLine> steps(Plan plan, Row message, EnrolmentList.Detail enrolment) {
        int reached = enrolment == null ? message.step() : enrolment.row().step();
        List<Trace.StepLine> lines = new ArrayList<>();
        for (int at = 0; at < plan.definition().steps().size(); at++) {
            Step step = plan.definition().steps().get(at);
            if (!(step instanceof Step.Jump)) {
                lines.add(new Trace.StepLine(
                        at,
                        type(step),
                        step instanceof Step.Send send ? ChannelNames.of(send.channel()) : null,
                        at == message.step() ? "this message" : at < reached ? "behind" : "other"));
            }
        }
        return lines;
    }

    private static String type(Step step) {
        return switch (step) {
            case Step.Wait _, Step.WaitUntil _, Step.WaitUntilTime _, Step.WaitFor _ -> "wait";
            case Step.IssueCoupon _ -> "issue-coupon";
            case Step.Send _ -> "send";
            case Step.Branch _ -> "branch";
            case Step.Split _ -> "split";
            case Step.Jump _ -> "jump";
            case Step.Tag _ -> "tag";
            case Step.Webhook _ -> "webhook";
            case Step.CallbackTask _ -> "callback-task";
            case Step.GrantPoints _ -> "grant-points";
            case Step.End _ -> "end";
        };
    }

    /// Of the last try.
    private static Trace.Provider provider(Row message) {
        Instant claimed = null;
        Instant transmitted = null;
        Passage answer = null;
        for (Passage passage : message.trail()) {
            if ("claimed".equals(passage.state())) {
                claimed = passage.at();
                transmitted = null;
                answer = null;
            } else if ("transmitting".equals(passage.state())) {
                transmitted = passage.at();
            } else if (claimed != null && answer == null && ANSWERED.contains(passage.state())) {
                answer = passage;
            }
        }
        if (claimed == null) {
            return null;
        }
        String id = message.providerId();
        int colon = "sms".equals(message.channel()) && id != null ? id.indexOf(':') : -1;
        return new Trace.Provider(
                colon > 0 ? id.substring(0, colon) : message.channel(),
                colon > 0 ? id.substring(colon + 1) : id,
                message.attempts(),
                claimed,
                transmitted,
                answer == null ? null : answer.at(),
                answer == null
                        ? null
                        : answer.reason() == null ? answer.state() : answer.state() + ": " + answer.reason());
    }
}
