package io.regulars.campaign.price;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.reading.ChannelNames;
import io.regulars.events.Channel;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps what the merchants' messages cost: the one list that budgets and reports reckon by.
@ApplicationScoped
public class PriceList {

    /// @param revision 0 while nothing was set
    public record Kept(int revision, Prices prices) {}

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

    /// In the shop's own currency: costs that were given in another say nothing any more.
    private static final String COSTS = """
            select p.* from measurement_setting p
            join shop s on s.merchant_id = p.merchant_id and s.currency = p.currency
            where p.merchant_id = any(:merchants)
            """;

    private static final int DECIMALS = 6;

    private final Jdbi jdbi;
    private final Clock clock;

    PriceList(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// What one message costs in millionths of the shop's currency, by channel; a channel without a price, and
    /// a merchant without any, is absent.
    public Map<Integer, Map<Channel, Long>> millionths(Collection<Integer> merchants) {
        Map<Integer, Map<Channel, Long>> costs = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(COSTS)
                .bindArray("merchants", Integer.class, List.copyOf(merchants))
                .map((row, context) -> costs.put(row.getInt("merchant_id"), millionths(row)))
                .list());
        return costs;
    }

    private static Map<Channel, Long> millionths(ResultSet row) throws SQLException {
        Map<Channel, Long> millionths = new EnumMap<>(Channel.class);
        costs(row)
                .forEach((channel, cost) ->
                        millionths.put(channel, cost.movePointRight(DECIMALS).longValueExact()));
        return millionths;
    }

    /// @param currency the shop's: costs that were given in another say nothing any more
    public Kept of(int merchant, String currency) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                        .bind("merchant", merchant)
                        .map((row, context) -> new Kept(row.getInt("revision"), prices(row, currency)))
                        .findOne())
                .orElseGet(() -> new Kept(0, Prices.none(currency)));
    }

    @Transactional
    public Kept save(int merchant, String actor, Prices prices, Integer revision) {
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
        return new Prices(
                currency,
                currency.equals(row.getString("currency")) ? costs(row) : Map.of(),
                row.getBigDecimal("margin_percent"));
    }

    private static Map<Channel, BigDecimal> costs(ResultSet row) throws SQLException {
        Map<Channel, BigDecimal> costs = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            BigDecimal cost = row.getBigDecimal(ChannelNames.of(channel) + "_cost");
            if (cost != null) {
                costs.put(channel, cost);
            }
        }
        return costs;
    }
}
