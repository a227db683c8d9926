package io.regulars.customer.merchant;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;

import io.regulars.customer.rows.Rows;
import io.regulars.kit.outbox.Outbox;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

@ApplicationScoped
public class Merchants {

    private static final String FIND = "select to_json(m) from merchant m where merchant_id = :merchant";

    private static final String LOCK = FIND + " for no key update";

    private static final String INSERT = """
            insert into merchant as m
              (version, name, time_zone, currency, locale, non_product_codes, created_at, changed_at)
            values (1, :name, :zone, :currency, :locale, :nonProducts, :now, :now)
            returning to_json(m)
            """;

    private static final String UPDATE = """
            update merchant set version = :version, name = :name, time_zone = :zone, locale = :locale,
              non_product_codes = :nonProducts, changed_at = :now
            where merchant_id = :merchant
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Outbox outbox;
    private final Event<SettingsChanged> changes;

    Merchants(Jdbi jdbi, Clock clock, Outbox outbox, Event<SettingsChanged> changes) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.changes = changes;
    }

    @Transactional
    public Settings settings(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .map(Rows.as(Settings.class))
                .findOne()
                .orElseThrow(() -> Problems.notFound("merchant", "of this token")));
    }

    @Transactional
    public Settings add(MerchantInput input) {
        Settings made = jdbi.withHandle(handle -> handle.createQuery(INSERT)
                .bind("name", input.name())
                .bind("zone", input.timeZone())
                .bind("currency", input.currency())
                .bind("locale", input.locale())
                .bindArray("nonProducts", String.class, input.nonProductCodes())
                .bind("now", clock.instant())
                .map(Rows.as(Settings.class))
                .one());
        outbox.publish(made.event());
        return made;
    }

    @Transactional
    public Settings change(int merchant, MerchantInput input) {
        Settings before = jdbi.withHandle(handle -> handle.createQuery(LOCK)
                .bind("merchant", merchant)
                .map(Rows.as(Settings.class))
                .findOne()
                .orElseThrow(() -> Problems.notFound("merchant", "of this token")));
        if (!before.currency().equals(input.currency())) {
            throw Problems.conflict("the currency is fixed at " + before.currency()
                    + ": recorded amounts are minor units of it; another currency is another merchant");
        }
        var after = new Settings(
                merchant,
                before.version() + 1,
                input.name(),
                input.timeZone(),
                before.currency(),
                input.locale(),
                input.nonProductCodes());
        if (after.equals(withVersion(before, after.version()))) {
            return before;
        }
        jdbi.useHandle(handle -> handle.createUpdate(UPDATE)
                .bind("merchant", merchant)
                .bind("version", after.version())
                .bind("name", after.name())
                .bind("zone", after.timeZone())
                .bind("locale", after.locale())
                .bindArray("nonProducts", String.class, after.nonProductCodes())
                .bind("now", clock.instant())
                .execute());
        outbox.publish(after.event());
        changes.fire(new SettingsChanged(before, after));
        return after;
    }

    private static Settings withVersion(Settings settings, long version) {
        return new Settings(
                settings.merchantId(),
                version,
                settings.name(),
                settings.timeZone(),
                settings.currency(),
                settings.locale(),
                settings.nonProductCodes());
    }
}
