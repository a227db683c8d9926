package io.regulars.campaign.journey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Step;

/// What steps ask for besides messages and coupons, gathered on a walk and done together.
final class Deeds {

    record InArm(Enrolment enrolment, String experiment, String arm) {}

    record Called(Enrolment enrolment, int step, Step.Webhook webhook) {}

    record Opened(Enrolment enrolment, int step, Step.CallbackTask task) {}

    record Given(Enrolment enrolment, int step, Step.GrantPoints gift) {}

    record Tag(CustomerKey customer, String tag) {}

    final List<InArm> arms = new ArrayList<>();
    final List<Called> calls = new ArrayList<>();
    final List<Opened> tasks = new ArrayList<>();
    final List<Given> gifts = new ArrayList<>();

    /// Whether the customer has the tag behind the walk: the last word counts.
    final Map<Tag, Boolean> tags = new LinkedHashMap<>();

    /// @return the place to go on from
    int split(Enrolment enrolment, Step.Split split, String salt) {
        Step.Split.Arm arm = Arms.of(split, salt, enrolment.key.customerId());
        arms.add(new InArm(enrolment, split.experiment(), arm.name()));
        return arm.to();
    }

    void tag(Enrolment enrolment, Step.Tag step) {
        step.add().forEach(tag -> tags.put(new Tag(enrolment.customer(), tag), true));
        step.remove().forEach(tag -> tags.put(new Tag(enrolment.customer(), tag), false));
    }

    void call(Enrolment enrolment, int step, Step.Webhook webhook) {
        calls.add(new Called(enrolment, step, webhook));
    }

    void open(Enrolment enrolment, int step, Step.CallbackTask task) {
        tasks.add(new Opened(enrolment, step, task));
    }

    void give(Enrolment enrolment, int step, Step.GrantPoints gift) {
        gifts.add(new Given(enrolment, step, gift));
    }
}
