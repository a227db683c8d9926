package io.regulars.scoring.model;

import java.time.LocalDate;

import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.tier.NextTier;

/// Says why a scorecard is as it is, in words for people; apart from scoring, because few scorecards are read.
public final class Reasons {

    private final Model model;
    private final String currency;
    private final Spoken spoken;

    public Reasons(Model model, Shop shop) {
        this.model = model;
        this.currency = shop.currency();
        this.spoken = new Spoken(shop.currency(), shop.locale());
    }

    public Words tier(Scorecard card) {
        var points = points(card);
        var pin = card.pin();
        if (pin == null) {
            return points;
        }
        var until = LocalDate.ofEpochDay(model.day(pin.until()));
        return Words.of(
                "手工指定至 " + until + "：" + pin.reason() + "；" + points.zh(),
                "given by hand until " + until + ": " + pin.reason() + "; " + points.en());
    }

    private Words points(Scorecard card) {
        var standing = card.tier();
        var points = standing.points();
        var zh = "%d 分：最近购买 %s，%d 单，%s"
                .formatted(
                        points.total(),
                        points.recencyDays() < 0 ? "无" : points.recencyDays() + " 天前",
                        points.frequency(),
                        amount(points.monetary()));
        var en = "%d points: last order %s, %d orders, %s"
                .formatted(
                        points.total(),
                        points.recencyDays() < 0 ? "never" : points.recencyDays() + " days ago",
                        points.frequency(),
                        amount(points.monetary()));
        if (standing.fallsOn() == PurchaseHistory.NEVER) {
            return Words.of(zh, en);
        }
        var falls = LocalDate.ofEpochDay(standing.fallsOn());
        return Words.of(zh + "；宽限期至 " + falls, en + "; kept until " + falls);
    }

    public Words group(Scorecard card, long customer) {
        return card.group() == null
                ? Words.of("尚未购买或尚无基准", "Has not bought, or the shop has no cut-points yet")
                : model.groups().reason(card.group(), model.groups().scores(card.rfm(), customer));
    }

    public Words stage(Scorecard card, PurchaseHistory history) {
        return model.lifecycle().reason(card.stage(), history, card.day());
    }

    /// To be asked only where there is a warning.
    public Words churn(Scorecard card, PurchaseHistory history) {
        return model.churn().reason(card.churn().signs(), history, card.day());
    }

    /// What to buy now for the next tier: 1 order and ¥120 to VIP, before 3 March.
    public Words way(NextTier next, NextTier.Way way, int today) {
        var label = model.scale().ladder().get(next.rank()).labels();
        var zh = "再下 %d 单%s，升为%s".formatted(way.orders(), way.amount() == 0 ? "" : "、满 " + spent(way), label.zh());
        var en = "%d order%s%s to %s"
                .formatted(
                        way.orders(),
                        way.orders() == 1 ? "" : "s",
                        way.amount() == 0 ? "" : " and " + spent(way),
                        label.en());
        if (way.before() == PurchaseHistory.NEVER) {
            return Words.of(zh, en);
        }
        var before = Spoken.day(LocalDate.ofEpochDay(way.before()), LocalDate.ofEpochDay(today));
        return Words.of(before.zh() + "前" + zh, en + ", before " + before.en());
    }

    private String spent(NextTier.Way way) {
        return spoken.amount(way.amount());
    }

    private String amount(long minor) {
        return Money.major(minor, currency).toPlainString() + " " + currency;
    }
}
