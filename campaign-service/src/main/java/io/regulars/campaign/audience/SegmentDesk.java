package io.regulars.campaign.audience;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.SegmentRows.Segment;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.problem.Problems;

/// Takes segments as people write them, and refuses those that mean themselves.
@ApplicationScoped
class SegmentDesk {

    /// Of a segment with all that it refers to.
    private static final int MOST_LEAVES = 500;

    private record Draft(String name, JsonNode written) {}

    private final SegmentRows rows;
    private final Segments segments;

    SegmentDesk(SegmentRows rows, Segments segments) {
        this.rows = rows;
        this.segments = segments;
    }

    @Transactional
    Segment create(int merchant, String actor, JsonNode body) {
        rows.lock(merchant);
        Draft draft = read(merchant, body, null);
        return rows.add(merchant, actor, draft.name(), draft.written().toString());
    }

    /// @param revision that the writer has read; null where any will do
    @Transactional
    Segment change(int merchant, String actor, String id, JsonNode body, Integer revision) {
        rows.lock(merchant);
        Segment segment = rows.find(merchant, id);
        if (revision != null && revision != segment.revision()) {
            throw Problems.preconditionFailed("the segment was changed since: it is at revision " + segment.revision());
        }
        Draft draft = read(merchant, body, segment.id());
        return rows.change(
                merchant, actor, segment.id(), draft.name(), draft.written().toString());
    }

    private Draft read(int merchant, JsonNode body, Long self) {
        Faults faults = Faults.byPointer();
        Fields fields = Fields.of("", body, faults);
        String name = fields.required("name", fields.text("name", 200));
        JsonNode written = fields.required("condition", fields.raw("condition"));
        Condition condition = new ConditionReader(faults).read(fields.at("condition"), written);
        fields.done();
        faults.throwIfAny();
        segments.check(merchant, fields.at("condition"), written, faults);
        faults.throwIfAny();
        if (self != null && segments.leadsTo(merchant, condition, self)) {
            faults.add(fields.at("condition"), "refers to the segment itself, directly or by others");
        } else if (segments.size(merchant, condition) > MOST_LEAVES) {
            faults.add(
                    fields.at("condition"),
                    "holds more than " + MOST_LEAVES + " conditions with those of the segments that it refers to");
        }
        faults.throwIfAny();
        return new Draft(name, written);
    }
}
