package io.regulars.scoring.draft;

import java.time.Instant;
import java.util.List;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Violation;
import io.regulars.scoring.model.ModelDefinition;

/// A model as callers see it.
///
/// @param violations what keeps a draft from being activated
/// @param recompute the job that scores everybody by it, in the answer to an activation
public record ModelView(
        String id,
        int version,
        String name,
        String state,
        ModelDefinition definition,
        List<Violation> violations,
        Instant createdAt,
        String createdBy,
        Instant activatedAt,
        String recompute) {

    static final String PREFIX = "mdl";

    static ModelView from(ScoringModel model, ModelDefinition definition) {
        return new ModelView(
                PublicId.format(PREFIX, model.version),
                model.version,
                model.name,
                model.state.name(),
                definition,
                definition.violations(),
                model.createdAt,
                model.createdBy,
                model.activatedAt,
                null);
    }

    ModelView recomputedBy(String job) {
        return new ModelView(id, version, name, state, definition, violations, createdAt, createdBy, activatedAt, job);
    }
}
