package io.regulars.scoring.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.MerchantChanged;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// The merchants and their settings.
///
/// Whoever scores or writes facts holds the merchant's row for share, whoever changes a setting or the active
/// model updates it. So a change waits for the batches under way, and the recompute that it asks for finds all of
/// their rows.
@ApplicationScoped
public class Shops {

    private static final String MEET = "insert into shop (merchant_id) values (:merchant) on conflict do nothing";
    private static final String FIND = "select * from shop where merchant_id = :merchant";
    private static final String APPLY = """
            update shop set version = :version, time_zone = :zone, currency = :currency, locale = :locale,
              non_product_codes = :codes
            where merchant_id = :merchant and version < :version
            """;

    private final Jdbi jdbi;

    Shops(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<Shop> find(int merchant) {
        return select(merchant, FIND);
    }

    /// The merchant, for a request that needs its settings.
    ///
    /// @throws io.quarkiverse.resteasy.problem.HttpProblem 409 while the merchant's own event has not come
    public Shop known(int merchant) {
        return find(merchant)
                .filter(Shop::known)
                .orElseThrow(() -> Problems.conflict("the shop is not known to scoring yet; try again in a moment"));
    }

    /// The merchant, who cannot change until the transaction ends.
    public Shop hold(int merchant) {
        var held = select(merchant, FIND + " for share");
        return held.orElseGet(() -> {
            jdbi.useHandle(handle ->
                    handle.createUpdate(MEET).bind("merchant", merchant).execute());
            return select(merchant, FIND + " for share").orElseThrow();
        });
    }

    /// The merchant, for the one who changes it.
    public Shop lock(int merchant) {
        jdbi.useHandle(
                handle -> handle.createUpdate(MEET).bind("merchant", merchant).execute());
        return select(merchant, FIND + " for update").orElseThrow();
    }

    /// What a merchant's event changed.
    public record Change(Shop before, Shop after) {

        /// Days or amounts may have become others: everything is made anew from the orders.
        public boolean touchesHistories() {
            return !before.zone().equals(after.zone())
                    || !before.nonProductCodes().equals(after.nonProductCodes())
                    || !before.known();
        }

        public boolean touchesScores() {
            return touchesHistories() || !before.currency().equals(after.currency());
        }
    }

    /// Empty where the event is not newer than what is held.
    public Optional<Change> apply(MerchantChanged event) {
        var zone = ZoneId.of(event.timeZone());
        var before = lock(event.merchantId());
        var changed = jdbi.withHandle(handle -> handle.createUpdate(APPLY)
                .bind("merchant", event.merchantId())
                .bind("version", event.version())
                .bind("zone", zone.getId())
                .bind("currency", event.currency())
                .bind("locale", event.locale())
                .bindArray("codes", String.class, event.nonProductCodes())
                .execute());
        return changed == 0
                ? Optional.empty()
                : Optional.of(new Change(before, find(event.merchantId()).orElseThrow()));
    }

    /// Makes another model, or what it learned last, the one that scores.
    public void use(int merchant, int modelVersion, int calibrationNo) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update shop set model_version = :model, calibration_no = :calibration
                        where merchant_id = :merchant
                        """)
                .bind("merchant", merchant)
                .bind("model", modelVersion)
                .bind("calibration", calibrationNo)
                .execute());
    }

    /// Makes another fit of the lifetime models the one that scoring goes by.
    public void useFit(int merchant, long fit) {
        jdbi.useHandle(handle -> handle.createUpdate("update shop set fit_id = :fit where merchant_id = :merchant")
                .bind("merchant", merchant)
                .bind("fit", fit)
                .execute());
    }

    private Optional<Shop> select(int merchant, String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("merchant", merchant)
                .map((row, context) -> shop(row))
                .findOne());
    }

    private static Shop shop(ResultSet row) throws SQLException {
        return new Shop(
                row.getInt("merchant_id"),
                row.getLong("version"),
                ZoneId.of(row.getString("time_zone")),
                row.getString("currency"),
                row.getString("locale"),
                Set.copyOf(List.of((String[]) row.getArray("non_product_codes").getArray())),
                row.getInt("model_version"),
                row.getInt("calibration_no"),
                row.getLong("fit_id"));
    }
}
