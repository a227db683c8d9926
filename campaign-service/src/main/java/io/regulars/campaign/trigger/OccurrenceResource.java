package io.regulars.campaign.trigger;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import io.regulars.campaign.campaign.Campaigns;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Limit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

@Path("/v1/campaigns/{k}/occurrences")
@Tag(name = "campaigns")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT})
class OccurrenceResource {

    /// @param localAt day and time on the customers' clocks; null for a broadcast
    /// @param state `running`, `finished`, or `missed`: nobody is enrolled, since it would have been too late
    /// @param enrolled who entered, or has yet to
    /// @param refused whom the door kept out: by re-entry, or where nothing spoke for them any more
    /// @param late customers whom the latest round met when their own moment was past by more than the
    ///      `lateLimit`
    /// @param note what was missed where, and by how much; null where nothing was
    record OccurrenceView(
            String occurrence,
            LocalDateTime localAt,
            String state,
            long enrolled,
            long refused,
            long late,
            Instant startedAt,
            Instant finishedAt,
            String note) {}

    record OccurrencesView(List<OccurrenceView> items, Instant nextLookAt) {}

    private static final String LIST = """
            select occurrence, local_at, enrolled, refused, late, started_at, finished_at, note,
              case when finished_at is null then 'running'
                when local_at is not null and due_at is null then 'missed' else 'finished' end as state
            from fan_out where merchant_id = :merchant and campaign_id = :campaign
            order by started_at desc, occurrence desc limit :limit
            """;

    private static final String NEXT =
            "select next_at from trigger_clock where merchant_id = :merchant and campaign_id = :campaign";

    private final Merchant merchant;
    private final Campaigns campaigns;
    private final Jdbi jdbi;

    OccurrenceResource(Merchant merchant, Campaigns campaigns, Jdbi jdbi) {
        this.merchant = merchant;
        this.campaigns = campaigns;
        this.jdbi = jdbi;
    }

    @GET
    @Operation(summary = "The days on which the campaign began or missed to, the latest first, and when it looks next")
    public OccurrencesView list(@PathParam("k") String id, @QueryParam("limit") Integer limit) {
        long campaign = campaigns.resolve(merchant.id(), id);
        return jdbi.withHandle(handle -> new OccurrencesView(
                handle.createQuery(LIST)
                        .bind("merchant", merchant.id())
                        .bind("campaign", campaign)
                        .bind("limit", Limit.of(limit))
                        .map((row, context) -> new OccurrenceView(
                                row.getString("occurrence"),
                                row.getObject("local_at", LocalDateTime.class),
                                row.getString("state"),
                                row.getLong("enrolled"),
                                row.getLong("refused"),
                                row.getLong("late"),
                                row.getTimestamp("started_at").toInstant(),
                                instant(row.getTimestamp("finished_at")),
                                row.getString("note")))
                        .list(),
                handle.createQuery(NEXT)
                        .bind("merchant", merchant.id())
                        .bind("campaign", campaign)
                        .map((row, context) -> instant(row.getTimestamp(1)))
                        .findOne()
                        .orElse(null)));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
