package io.regulars.campaign.trigger;

import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.Scores.Moved;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Trigger.Cause;

/// What a score gives cause for, decided as the service does.
public final class TriggersInMemory {

    private TriggersInMemory() {}

    public static List<Cause> causes(Plan plan, Moved moved) {
        return Triggers.newCauses(plan, moved, Map.of());
    }
}
