package io.regulars.campaign.trigger;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.occasion.YearlyDays;
import org.jdbi.v3.core.Jdbi;

/// Whose day it is: birthdays, and the days on which customers came.
@ApplicationScoped
class YearlyCrowd {

    /// @param years how many it is; 0 where it is not the day after all, -1 where the years do not count
    record Kept(long customerId, int years) {}

    private static final String BIRTHDAYS = """
            select a.customer_id, null::timestamptz as since from audience a
            where a.merchant_id = :merchant
              and (extract(month from a.birthday) * 100 + extract(day from a.birthday))::int = any(:days)
              and a.birthday is not null and a.customer_id > :after and a.profile_version > 0 and not a.erased
            order by a.customer_id limit :limit
            """;

    private static final String SINCE = """
            select a.customer_id, a.customer_since as since from audience a
            where a.merchant_id = :merchant
              and (extract(month from a.customer_since at time zone 'UTC') * 100
                + extract(day from a.customer_since at time zone 'UTC'))::int = any(:days)
              and a.customer_since is not null and a.customer_id > :after and a.profile_version > 0 and not a.erased
            order by a.customer_id limit :limit
            """;

    private static final String FIRST_ORDERS = """
            select o.customer_id, min(o.ordered_at) as since from order_state o
            where o.merchant_id = :merchant
              and (extract(month from o.ordered_at at time zone 'UTC') * 100
                + extract(day from o.ordered_at at time zone 'UTC'))::int = any(:days)
              and o.customer_id > :after
              and (o.status is null or o.status in ('PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PART_REFUNDED'))
              and not exists (select from order_state e
                where e.merchant_id = o.merchant_id and e.customer_id = o.customer_id and e.ordered_at < o.ordered_at
                  and (e.status is null or e.status in ('PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PART_REFUNDED')))
            group by o.customer_id order by o.customer_id limit :limit
            """;

    private final Jdbi jdbi;

    YearlyCrowd(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// The next of those who keep the day, and of an anniversary also of those who keep the days around it: what is a
    /// day of the shop's begins on another day elsewhere.
    List<Kept> after(DayTrigger trigger, Shop shop, LocalDate about, long after, int limit) {
        boolean birthday = trigger instanceof DayTrigger.Birthday;
        boolean march = trigger instanceof DayTrigger.Birthday(var _, var firstOfMarch) && firstOfMarch;
        List<Integer> kept = YearlyDays.keptOn(about, march);
        List<Integer> days = birthday
                ? kept
                : Stream.of(about.minusDays(1), about, about.plusDays(1))
                        .flatMap(day -> YearlyDays.keptOn(day, false).stream())
                        .distinct()
                        .toList();
        String query = birthday
                ? BIRTHDAYS
                : trigger instanceof DayTrigger.Anniversary(var _, var ofFirstOrder) && ofFirstOrder
                        ? FIRST_ORDERS
                        : SINCE;
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bind("merchant", shop.merchantId())
                .bindArray("days", Integer.class, days)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> {
                    Timestamp since = row.getTimestamp(2);
                    return new Kept(row.getLong(1), since == null ? -1 : years(since, shop, about, kept));
                })
                .list());
    }

    private static int years(Timestamp since, Shop shop, LocalDate about, List<Integer> kept) {
        LocalDate day = LocalDate.ofInstant(since.toInstant(), shop.zone());
        return kept.contains(YearlyDays.of(day)) && day.getYear() < about.getYear()
                ? about.getYear() - day.getYear()
                : 0;
    }
}
