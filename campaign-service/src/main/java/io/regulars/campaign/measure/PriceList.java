package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.events.Channel;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps what the merchants' messages cost.
@ApplicationScoped
class PriceList {

    /// @param revision 0 while nothing was set
    record Kept(int revision, Prices prices) {}

    private static final String FIND = "select * from measurement_setting where merchant_id = :merchant";

    private static final String SAVE = """
            insert into measurement_setting (merchant_id, revision, currency, email_cost, sms_cost, inbox_cost,
              margin_percent, updated_at, updated_by)
            values (:merchant, 1, :currency, :email, :sms, :inbox, :margin, :now, :actor)
            on conflict (merchant_id) do update set revision = measurement_setting.revision + 1,
              currency = excluded.currency, email_cost = excluded.email_cost, sms_cost = excluded.sms_cost,
              inbox_cost = excluded.inbox_cost, margin_percent = excluded.margin_percent,
              updated_at = excluded.updated_at, updated_by = excluded.updated_by
            where :revision::int is null or measurement_setting.revision = :revision
            """;

    private static final int BUDGET_DECIMALS = 6;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Guardrails guardrails;

    PriceList(Jdbi jdbi, Clock clock, Guardrails guardrails) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.guardrails = guardrails;
    }

    /// By which reports reckon: where no price is kept here, that by which budgets do.
    Prices inUse(int merchant, String currency) {
        Prices kept = of(merchant, currency).prices();
        Map<Channel, BigDecimal> costs = new EnumMap<>(Channel.class);
        guardrails
                .of(merchant)
                .policy()
                .costs()
                .forEach((channel, millionths) -> costs.put(channel, BigDecimal.valueOf(millionths, BUDGET_DECIMALS)));
        costs.putAll(kept.costs());
        return new Prices(currency, costs, kept.marginPercent());
    }

    /// @param currency the shop's: costs that were given in another say nothing any more
    Kept of(int merchant, String currency) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                        .bind("merchant", merchant)
                        .map((row, context) -> new Kept(row.getInt("revision"), prices(row, currency)))
                        .findOne())
                .orElseGet(() -> new Kept(0, Prices.none(currency)));
    }

    @Transactional
    Kept save(int merchant, String actor, Prices prices, Integer revision) {
        Kept before = of(merchant, prices.currency());
        if (revision != null && revision != before.revision()) {
            throw Problems.preconditionFailed(
                    "the settings were changed since: they are at revision " + before.revision());
        }
        int saved = jdbi.withHandle(handle -> handle.createUpdate(SAVE)
                .bind("merchant", merchant)
                .bind("currency", prices.currency())
                .bind("email", prices.costs().get(Channel.EMAIL))
                .bind("sms", prices.costs().get(Channel.SMS))
                .bind("inbox", prices.costs().get(Channel.INBOX))
                .bind("margin", prices.marginPercent())
                .bind("now", clock.instant())
                .bind("actor", actor)
                .bindBySqlType("revision", revision, Types.INTEGER)
                .execute());
        if (saved == 0) {
            throw Problems.preconditionFailed("the settings were changed in this moment");
        }
        return of(merchant, prices.currency());
    }

    private static Prices prices(ResultSet row, String currency) throws SQLException {
        Map<Channel, BigDecimal> costs = new EnumMap<>(Channel.class);
        if (currency.equals(row.getString("currency"))) {
            for (Channel channel : Channel.values()) {
                BigDecimal cost = row.getBigDecimal(ChannelNames.of(channel) + "_cost");
                if (cost != null) {
                    costs.put(channel, cost);
                }
            }
        }
        return new Prices(currency, costs, row.getBigDecimal("margin_percent"));
    }
}
