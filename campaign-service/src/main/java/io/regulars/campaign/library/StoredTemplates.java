package io.regulars.campaign.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.kit.id.Ref;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps templates. A version is never changed: what people save is a new one, unless it says the same.
@ApplicationScoped
public class StoredTemplates {

    public static final String ID = "tpl";

    /// One version of a template.
    ///
    /// @param latest the number of the latest version
    /// @param content as people wrote it, a JSON text
    /// @param compiled as it is filled, a JSON text
    /// @param archivedAt null while it is in use
    public record Stored(
            int merchantId,
            long id,
            String externalId,
            String channel,
            String name,
            int latest,
            int version,
            String content,
            String compiled,
            Instant createdAt,
            Instant savedAt,
            String savedBy,
            Instant archivedAt) {}

    /// @param fresh whether there was no template of that name
    /// @param changed whether it says something else than before
    record Saved(Stored stored, boolean fresh, boolean changed) {}

    private static final String COLUMNS = """
            select t.merchant_id, t.id, t.external_id, t.channel, t.name, t.version as latest, v.version, v.content,
              v.compiled, t.created_at, v.saved_at, v.saved_by, t.archived_at
            from template t join template_version v on v.merchant_id = t.merchant_id and v.template_id = t.id
            """;

    private static final String BY_ID = COLUMNS + """
            where t.merchant_id = :merchant and t.id = :id and v.version = coalesce(:version::int, t.version)
            """;

    private static final String BY_EXTERNAL = COLUMNS + """
            where t.merchant_id = :merchant and t.external_id = :external and v.version = coalesce(:version::int, t.version)
            """;

    private static final String LIST = COLUMNS + """
            where t.merchant_id = :merchant and t.id > :after and v.version = t.version
              and (:archived or t.archived_at is null) and (:channel::text is null or t.channel = :channel)
            order by t.id limit :limit
            """;

    private static final String VERSIONS = COLUMNS + """
            where t.merchant_id = :merchant and t.id = :id and (:before = 0 or v.version < :before)
            order by v.version desc limit :limit
            """;

    /// Whoever saves the same name at the same time waits here, and then sees the other's version.
    private static final String HOLD = """
            insert into template (merchant_id, external_id, channel, name, version, created_at, updated_at, updated_by)
            values (:merchant, :external, :channel, :name, 0, :now, :now, :by)
            on conflict on constraint template_external_once do update set external_id = excluded.external_id
            returning id, version
            """;

    private static final String ADD_VERSION = """
            insert into template_version (merchant_id, template_id, version, content, compiled, saved_at, saved_by)
            values (:merchant, :id, :version, :content::jsonb, :compiled::jsonb, :now, :by)
            """;

    private static final String UPDATE = """
            update template set version = :version, name = :name, archived_at = null, updated_at = :now, updated_by = :by
            where merchant_id = :merchant and id = :id
            """;

    private static final String SAME = """
            select t.name = :name and t.archived_at is null and v.content = :content::jsonb from template t
            join template_version v on v.merchant_id = t.merchant_id and v.template_id = t.id and v.version = t.version
            where t.merchant_id = :merchant and t.id = :id
            """;

    private static final String ARCHIVE = """
            update template set archived_at = coalesce(archived_at, :now), updated_at = :now, updated_by = :by
            where merchant_id = :merchant and id = :id
            """;

    private final Jdbi jdbi;

    StoredTemplates(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// By `tpl_…` or `ext:…`.
    ///
    /// @param version null for the latest
    public Optional<Stored> find(int merchant, String reference, Integer version) {
        return Ref.parse(ID, reference)
                .flatMap(ref -> jdbi.withHandle(handle -> (switch (ref) {
                            case Ref.Id(long id) -> handle.createQuery(BY_ID).bind("id", id);
                            case Ref.External(String external) ->
                                handle.createQuery(BY_EXTERNAL).bind("external", external);
                        })
                        .bind("merchant", merchant)
                        .bindBySqlType("version", version, Types.INTEGER)
                        .map((row, context) -> stored(row))
                        .findOne()));
    }

    /// 404 where the merchant has none such.
    public Stored get(int merchant, String reference, Integer version) {
        return find(merchant, reference, version).orElseThrow(() -> Problems.notFound("template", reference));
    }

    List<Stored> list(int merchant, String channel, boolean archived, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("channel", channel)
                .bind("archived", archived)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> stored(row))
                .list());
    }

    /// The latest first.
    List<Stored> versions(int merchant, long id, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(VERSIONS)
                .bind("merchant", merchant)
                .bind("id", id)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> stored(row))
                .list());
    }

    /// In the caller's transaction.
    ///
    /// @param expected the version that the writer has read; null for any
    Saved save(int merchant, Draft draft, Integer expected, Instant now, String by) {
        return jdbi.withHandle(handle -> {
            var held = handle.createQuery(HOLD)
                    .bind("merchant", merchant)
                    .bind("external", draft.externalId())
                    .bind("channel", draft.channel())
                    .bind("name", draft.name())
                    .bind("now", now)
                    .bind("by", by)
                    .map((row, context) -> new long[] {row.getLong("id"), row.getLong("version")})
                    .one();
            long id = held[0];
            int version = (int) held[1];
            if (expected != null && expected != version) {
                throw Problems.preconditionFailed(
                        version == 0 ? "there is no such template yet" : "the template is at version " + version);
            }
            if (version > 0) {
                String channel =
                        get(merchant, "ext:" + draft.externalId(), null).channel();
                if (!channel.equals(draft.channel())) {
                    throw Problems.conflict(
                            "the template is for " + channel + " and cannot become one for " + draft.channel());
                }
                if (handle.createQuery(SAME)
                        .bind("merchant", merchant)
                        .bind("id", id)
                        .bind("name", draft.name())
                        .bind("content", draft.content().toString())
                        .mapTo(Boolean.class)
                        .one()) {
                    return new Saved(get(merchant, "ext:" + draft.externalId(), null), false, false);
                }
            }
            handle.createUpdate(ADD_VERSION)
                    .bind("merchant", merchant)
                    .bind("id", id)
                    .bind("version", version + 1)
                    .bind("content", draft.content().toString())
                    .bind("compiled", draft.compiled().toString())
                    .bind("now", now)
                    .bind("by", by)
                    .execute();
            handle.createUpdate(UPDATE)
                    .bind("merchant", merchant)
                    .bind("id", id)
                    .bind("version", version + 1)
                    .bind("name", draft.name())
                    .bind("now", now)
                    .bind("by", by)
                    .execute();
            return new Saved(get(merchant, "ext:" + draft.externalId(), null), version == 0, true);
        });
    }

    /// What is to be saved.
    ///
    /// @param content as people wrote it
    record Draft(String externalId, String channel, String name, JsonNode content, JsonNode compiled) {}

    /// In the caller's transaction. Campaigns that were saved with it go on.
    void archive(Stored stored, Instant now, String by) {
        jdbi.useHandle(handle -> handle.createUpdate(ARCHIVE)
                .bind("merchant", stored.merchantId())
                .bind("id", stored.id())
                .bind("now", now)
                .bind("by", by)
                .execute());
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Timestamp archived = row.getTimestamp("archived_at");
        return new Stored(
                row.getInt("merchant_id"),
                row.getLong("id"),
                row.getString("external_id"),
                row.getString("channel"),
                row.getString("name"),
                row.getInt("latest"),
                row.getInt("version"),
                row.getString("content"),
                row.getString("compiled"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("saved_at").toInstant(),
                row.getString("saved_by"),
                archived == null ? null : archived.toInstant());
    }
}
