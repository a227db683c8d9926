package io.regulars.campaign.campaign;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.ConditionReader;
import io.regulars.campaign.campaign.Step.Branch;
import io.regulars.campaign.campaign.Step.Split;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// Reads the steps of a journey, a tree of ways that part and meet again, into a flat list in the order in
/// which they are written. A step cannot name another one, so that no way leads back.
final class StepReader {

    private static final int MOST_STEPS = 50;
    private static final int DEEPEST = 5;
    private static final int MOST_WAYS = 10;
    private static final List<String> TYPES = List.of(
            "wait",
            "issue-coupon",
            "grant-points",
            "send",
            "branch",
            "split",
            "tag",
            "webhook",
            "callback-task",
            "end");

    private final Faults faults;
    private final LeafReader leaves;
    private final List<Step> flat = new ArrayList<>();
    private final Set<String> experiments = new HashSet<>();
    private int written;
    private boolean couponIssued;
    private boolean reached = true;

    StepReader(Faults faults, LeafReader leaves) {
        this.faults = faults;
        this.leaves = leaves;
        this.couponIssued = leaves.beginsWithCoupon();
    }

    /// Where there are faults, the answer is of no use.
    List<Step> read(Fields campaign) {
        way(campaign, "steps", 1);
        if (!(campaign.raw("steps") instanceof JsonNode steps)) {
            campaign.fault("steps", "is required");
        } else if (steps.isArray() && (steps.isEmpty() || written > MOST_STEPS)) {
            campaign.fault("steps", "must hold 1 to " + MOST_STEPS + " steps, those within others among them");
        } else if (steps.isArray() && !flat.contains(null) && flat.stream().noneMatch(StepReader::reachesOut)) {
            campaign.fault("steps", "must hold at least one send, grant-points, tag, webhook or callback-task");
        }
        return flat.contains(null) ? List.of() : List.copyOf(flat);
    }

    private static boolean reachesOut(Step step) {
        return step instanceof Step.Send
                || step instanceof Step.GrantPoints
                || step instanceof Step.Tag
                || step instanceof Step.Webhook
                || step instanceof Step.CallbackTask;
    }

    private void way(Fields owner, String field, int depth) {
        if (depth > DEEPEST && owner.raw(field) != null) {
            owner.fault(field, "steps lie at most " + DEEPEST + " deep");
            return;
        }
        owner.list(field, (node, at) -> {
            if (++written <= MOST_STEPS) {
                step(Fields.of(at, node, faults), depth);
            }
            return at;
        });
    }

    private void step(Fields fields, int depth) {
        if (!reached) {
            faults.add(fields.path(), "is never reached: every way to it ends before");
            reached = true;
        }
        String type = fields.required("type", fields.oneOf("type", TYPES));
        switch (type) {
            case "branch" -> branch(fields, depth);
            case "split" -> split(fields, depth);
            case "wait" -> {
                if (fields.has("forEvent")) {
                    waitFor(fields, depth);
                } else {
                    flat.add(leaves.waiting(fields));
                }
            }
            case "issue-coupon" -> {
                couponIssued = true;
                flat.add(leaves.issueCoupon(fields));
            }
            case "send" -> flat.add(leaves.send(fields, couponIssued));
            case "grant-points" -> flat.add(leaves.grantPoints(fields));
            case "tag" -> flat.add(leaves.tag(fields));
            case "webhook" -> flat.add(leaves.webhook(fields));
            case "callback-task" -> flat.add(leaves.callbackTask(fields));
            case "end" -> {
                flat.add(new Step.End());
                reached = false;
            }
            case null, default -> flat.add(null);
        }
        if (type != null) {
            fields.done();
        }
    }

    /// `{"if": …, "then": […], "else": […]}`, or several `cases` of `if` and `then`.
    private void branch(Fields fields, int depth) {
        int at = place();
        var ways = new Ways();
        List<Branch.Case> cases = new ArrayList<>();
        if (fields.has("cases")) {
            fields.list("cases", (node, path) -> {
                Fields one = Fields.of(path, node, faults);
                cases.add(oneCase(one, depth, ways));
                one.done();
                return path;
            });
            if (cases.isEmpty() || cases.size() > MOST_WAYS) {
                fields.fault("cases", "must hold 1 to " + MOST_WAYS + " cases");
            }
        } else {
            cases.add(oneCase(fields, depth, ways));
        }
        int otherwise = ways.begin();
        way(fields, "else", depth + 1);
        ways.end();
        ways.meet();
        flat.set(at, new Branch(List.copyOf(cases), otherwise));
    }

    private Branch.Case oneCase(Fields fields, int depth, Ways ways) {
        JsonNode when = fields.required("if", fields.raw("if"));
        Condition condition = new ConditionReader(faults).read(fields.at("if"), when);
        int to = ways.begin();
        way(fields, "then", depth + 1);
        ways.end();
        return new Branch.Case(condition, to);
    }

    private void split(Fields fields, int depth) {
        int at = place();
        String experiment = fields.required("name", fields.text("name", 60));
        if (experiment != null && !experiments.add(experiment)) {
            fields.fault("name", "another split is named " + experiment);
        }
        var ways = new Ways();
        Set<String> names = new HashSet<>();
        List<Split.Arm> arms = fields.list("arms", (node, path) -> {
            Fields arm = Fields.of(path, node, faults);
            String name = arm.required("name", arm.text("name", 60));
            Long weight = arm.required("weight", arm.number("weight", 1, 10_000));
            if (name != null && !names.add(name)) {
                arm.fault("name", "another arm is named " + name);
            }
            int to = ways.begin();
            way(arm, "steps", depth + 1);
            ways.end();
            arm.done();
            return new Split.Arm(name, weight == null ? 1 : weight.intValue(), to);
        });
        ways.meet();
        if (arms.size() < 2 || arms.size() > MOST_WAYS) {
            fields.fault("arms", "must hold 2 to " + MOST_WAYS + " arms");
        }
        flat.set(at, new Split(experiment, arms));
    }

    /// `{"forEvent": …, "timeout": …, "then": […], "else": […]}`
    private void waitFor(Fields fields, int depth) {
        int at = place();
        Happening happening = leaves.happening(fields);
        var timeout = fields.required("timeout", fields.duration("timeout"));
        var ways = new Ways();
        ways.begin();
        way(fields, "then", depth + 1);
        ways.end();
        int otherwise = ways.begin();
        way(fields, "else", depth + 1);
        ways.end();
        ways.meet();
        flat.set(at, new Step.WaitFor(happening, timeout, otherwise));
    }

    /// Kept for a step whose ways are not read yet.
    private int place() {
        flat.add(null);
        return flat.size() - 1;
    }

    /// Ways that part here and meet again behind. Each begins with what holds before; what holds behind is what
    /// holds at the end of every way that gets there.
    private final class Ways {

        private final boolean couponBefore = couponIssued;
        private final List<Integer> ends = new ArrayList<>();
        private boolean couponBehind = true;
        private boolean behindReached;

        int begin() {
            couponIssued = couponBefore;
            reached = true;
            return flat.size();
        }

        void end() {
            if (reached) {
                ends.add(place());
                couponBehind &= couponIssued;
                behindReached = true;
            }
        }

        /// The last way needs no jump: it ends where they meet.
        void meet() {
            if (!ends.isEmpty() && ends.getLast() == flat.size() - 1) {
                flat.removeLast();
                ends.removeLast();
            }
            ends.forEach(end -> flat.set(end, new Step.Jump(flat.size())));
            couponIssued = behindReached ? couponBehind : couponBefore;
            reached = behindReached;
        }
    }
}
