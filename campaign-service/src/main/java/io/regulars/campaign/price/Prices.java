package io.regulars.campaign.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.events.Channel;
import io.regulars.kit.money.Money;

/// What a merchant's messages cost and what is left of its prices.
///
/// @param currency of the costs
/// @param costs of one message by channel, in the unit of the currency; a channel may be absent
/// @param marginPercent of the price before coupons, left after the cost of the goods; null where it is not
///     given
public record Prices(String currency, Map<Channel, BigDecimal> costs, BigDecimal marginPercent) {

    private static final int DECIMALS = 6;
    private static final BigDecimal DEAREST = BigDecimal.valueOf(100_000);

    public Prices {
        costs = Map.copyOf(costs);
    }

    public static Prices none(String currency) {
        return new Prices(currency, Map.of(), null);
    }

    /// @param currency the shop's
    public static Prices read(JsonNode node, String currency, Faults faults) {
        Fields fields = Fields.of("", node, faults);
        Map<Channel, BigDecimal> costs = new EnumMap<>(Channel.class);
        Fields given = fields.object("costs");
        if (given != null) {
            for (Channel channel : Channel.values()) {
                BigDecimal cost = cost(given.object(ChannelNames.of(channel)), currency);
                if (cost != null) {
                    costs.put(channel, cost);
                }
            }
            given.done();
        }
        BigDecimal margin = fields.decimal("marginPercent");
        if (margin != null
                && (margin.signum() < 0
                        || margin.compareTo(BigDecimal.valueOf(100)) > 0
                        || margin.stripTrailingZeros().scale() > 2)) {
            fields.fault("marginPercent", "must be 0 to 100 with at most 2 decimals");
        }
        fields.done();
        return new Prices(currency, costs, margin);
    }

    private static BigDecimal cost(Fields fields, String currency) {
        if (fields == null) {
            return null;
        }
        BigDecimal amount = fields.required("amount", fields.decimal("amount"));
        fields.required("currency", fields.oneOf("currency", List.of(currency)));
        fields.done();
        if (amount != null
                && (amount.signum() < 0
                        || amount.compareTo(DEAREST) >= 0
                        || amount.stripTrailingZeros().scale() > DECIMALS)) {
            fields.fault("amount", "must be 0 to " + DEAREST + " with at most " + DECIMALS + " decimals");
            return null;
        }
        return amount;
    }

    public ObjectNode write() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode written = node.putObject("costs");
        for (Channel channel : Channel.values()) {
            BigDecimal cost = costs.get(channel);
            if (cost != null) {
                written.putObject(ChannelNames.of(channel))
                        .put("amount", plain(cost))
                        .put("currency", currency);
            }
        }
        if (marginPercent != null) {
            node.put(
                    "marginPercent",
                    new BigDecimal(marginPercent.stripTrailingZeros().toPlainString()));
        }
        return node;
    }

    private String plain(BigDecimal cost) {
        BigDecimal shortest = cost.stripTrailingZeros();
        return shortest.setScale(Math.max(shortest.scale(), Money.digits(currency)), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /// Of so many messages, in minor units, not rounded; null where the channel has no price. The inbox is the
    /// merchant's own shop and costs nothing unless they say so.
    public BigDecimal cost(String channel, long messages) {
        Channel by = ChannelNames.parse(channel);
        BigDecimal cost = costs.getOrDefault(by, by == Channel.INBOX ? BigDecimal.ZERO : null);
        return cost == null ? null : cost.multiply(BigDecimal.valueOf(messages)).movePointRight(Money.digits(currency));
    }
}
