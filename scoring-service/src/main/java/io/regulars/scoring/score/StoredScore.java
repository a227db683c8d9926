package io.regulars.scoring.score;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Collectors;

import io.regulars.scoring.churn.Sign;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.Scorecard;
import io.regulars.scoring.rows.Fields;

/// A scorecard as it was last written.
///
/// @param version 0 where the customer was never scored
/// @param fallsAt end of the grace period, null where none runs
/// @param openWindows the product and order of each open repurchase window
/// @param classes `name=class` of each
/// @param churn the signs of a warning, null where there is none
/// @param churnSince since when there is one, null where there is none
/// @param dueAt when time alone may change it, null where it cannot
record StoredScore(
        long version,
        long frequency,
        long monetary,
        LocalDate lastOrderDay,
        String tier,
        int tierRank,
        Instant fallsAt,
        String group,
        String stage,
        String openWindows,
        String classes,
        long tierSeq,
        long groupSeq,
        long stageSeq,
        String churn,
        Instant churnSince,
        long churnSeq,
        Instant dueAt) {

    static StoredScore read(ResultSet row) throws SQLException {
        return new StoredScore(
                row.getLong("version"),
                row.getLong("frequency"),
                row.getLong("monetary"),
                row.getObject("last_order_day", LocalDate.class),
                row.getString("tier"),
                row.getInt("tier_rank"),
                Fields.instant(row, "falls_at"),
                row.getString("rfm_group"),
                row.getString("stage"),
                row.getString("open_windows"),
                row.getString("classes"),
                row.getLong("tier_seq"),
                row.getLong("group_seq"),
                row.getLong("stage_seq"),
                row.getString("churn"),
                Fields.instant(row, "churn_since"),
                row.getLong("churn_seq"),
                Fields.instant(row, "due_at"));
    }

    /// What this becomes by a scorecard: the same object's equal where nothing that is kept has changed.
    StoredScore next(Scorecard card, Model model) {
        var tierNow = model.scale().ladder().get(card.tier().rank()).key();
        var stageNow = card.stage().key();
        var newGroup = card.group() != null && (groupSeq == 0 || !card.group().equals(group));
        var warning = card.churn();
        // Further signs of a warning are no new one.
        var newWarning = warning != null && churn == null;
        var next = new StoredScore(
                version,
                card.frequency(),
                card.monetary(),
                card.lastOrderDay(),
                tierNow,
                card.tier().rank(),
                StandingDays.start(model, card.tier().fallsOn()),
                card.group(),
                stageNow,
                windows(card),
                classes(card),
                tierNow.equals(tier) ? tierSeq : tierSeq + 1,
                newGroup ? groupSeq + 1 : groupSeq,
                stageNow.equals(stage) ? stageSeq : stageSeq + 1,
                warning == null ? null : Sign.joined(warning.signs()),
                warning == null ? null : model.startOf(warning.since()),
                newWarning ? churnSeq + 1 : churnSeq,
                card.nextReviewAt());
        return next.toldSame(this) ? next : next.withVersion(version + 1);
    }

    private StoredScore withVersion(long newVersion) {
        return new StoredScore(
                newVersion,
                frequency,
                monetary,
                lastOrderDay,
                tier,
                tierRank,
                fallsAt,
                group,
                stage,
                openWindows,
                classes,
                tierSeq,
                groupSeq,
                stageSeq,
                churn,
                churnSince,
                churnSeq,
                dueAt);
    }

    /// Whether others would be told the same.
    private boolean toldSame(StoredScore before) {
        return frequency == before.frequency
                && monetary == before.monetary
                && Objects.equals(lastOrderDay, before.lastOrderDay)
                && Objects.equals(tier, before.tier)
                && tierRank == before.tierRank
                && Objects.equals(group, before.group)
                && Objects.equals(stage, before.stage)
                && Objects.equals(openWindows, before.openWindows)
                && Objects.equals(classes, before.classes)
                && Objects.equals(churn, before.churn);
    }

    boolean rowSame(StoredScore before) {
        return version == before.version
                && Objects.equals(fallsAt, before.fallsAt)
                && Objects.equals(churnSince, before.churnSince);
    }

    boolean dueSame(StoredScore before) {
        return Objects.equals(dueAt, before.dueAt);
    }

    private static String windows(Scorecard card) {
        return card.openWindows().stream()
                .map(forecast -> forecast.productCode() + "@" + forecast.causeOrderId())
                .collect(Collectors.joining(" "));
    }

    private static String classes(Scorecard card) {
        return card.classes().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(" "));
    }
}
