package io.regulars.campaign.link;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// Whether a shop's messages are tracked; they are unless the shop says otherwise.
@ApplicationScoped
public class TrackingSwitch {

    private static final String OFF = """
            select merchant_id from tracking where merchant_id = any(:merchants) and not enabled
            """;

    private static final String SET = """
            insert into tracking (merchant_id, enabled, updated_at, updated_by) values (:merchant, :enabled, :now, :by)
            on conflict (merchant_id) do update
            set enabled = excluded.enabled, updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """;

    private final Jdbi jdbi;

    TrackingSwitch(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Those of them that do without.
    public Set<Integer> off(Collection<Integer> merchants) {
        return jdbi.withHandle(handle -> handle.createQuery(OFF)
                .bindArray("merchants", Integer.class, List.copyOf(Set.copyOf(merchants)))
                .mapTo(Integer.class)
                .set());
    }

    public void set(int merchant, boolean enabled, Instant now, String by) {
        jdbi.useHandle(handle -> handle.createUpdate(SET)
                .bind("merchant", merchant)
                .bind("enabled", enabled)
                .bind("now", now)
                .bind("by", by)
                .execute());
    }
}
