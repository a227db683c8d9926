package io.regulars.campaign.campaign;

/// A journey that parts and waits, for people to begin with.
final class JourneyExample {

    static final String TEXT = """
            {"name": "Back to the shop",
             "trigger": {"type": "fell-asleep"},
             "goal": {"order": {"minAmount": "99.00"}},
             "exitWhen": {"field": "campaignTags", "op": "has", "value": ["left-alone"]},
             "steps": [
               {"type": "wait", "until": "10:00", "weekdays": ["tue", "thu"]},
               {"type": "split", "name": "opening", "arms": [
                 {"name": "plain", "weight": 50, "steps": [
                   {"type": "send", "channel": "inbox", "template": {"text": "好久不见"}}]},
                 {"name": "by name", "weight": 50, "steps": [
                   {"type": "send", "channel": "inbox", "template": {"text": "{customer.maskedName ?: '顾客'}，好久不见"}}]}]},
               {"type": "wait", "forEvent": {"type": "message-opened"}, "timeout": "P3D",
                "then": [{"type": "tag", "add": ["reader"]}],
                "else": [{"type": "branch", "if": {"field": "tier", "op": "eq", "value": "vip"},
                          "then": [{"type": "callback-task", "title": "Call and ask how things are", "within": "P2D"}],
                          "else": [{"type": "end"}]}]},
               {"type": "send", "channel": "inbox", "template": {"text": "欢迎回来，{days ?: '这些'}天没见了"}}]}""";

    private JourneyExample() {}
}
