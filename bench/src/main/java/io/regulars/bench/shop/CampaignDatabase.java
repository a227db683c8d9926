package io.regulars.bench.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.regulars.bench.world.Database;

/// Writes into campaign-service's database what its topics would have brought, and enrolments under way.
public final class CampaignDatabase {

    private static final String DEFINITION = """
            {"name": "Bench", "trigger": {"type": "broadcast"}, "holdoutPercent": 0, "steps": [
              {"type": "send", "channel": "inbox", "template": {"text": "Hello"}}, {"type": "wait", "for": "P30D"}]}
            """;

    /// Both steps are behind whoever waits here: when the wait ends, the journey does.
    private static final int STEP = 2;

    private final Database database;
    private final int merchant;

    public CampaignDatabase(Database database, int merchant) {
        this.database = database;
        this.merchant = merchant;
    }

    /// A merchant that no event has told of.
    public void merchant() throws SQLException {
        database.run("""
                insert into shop (merchant_id, version, name, time_zone, currency, locale)
                values (%d, 1, 'bench', 'Asia/Shanghai', 'CNY', 'zh-CN')
                """.formatted(merchant));
    }

    /// The copy of each customer, and what each bought.
    public void customers(Iterable<Member> members) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            audience(members, connection);
            purchases(members, connection);
            connection.commit();
        }
    }

    private void audience(Iterable<Member> members, Connection connection) throws SQLException {
        try (var rows = new CopyRows(connection, """
                audience (merchant_id, customer_id, profile_version, score_version, external_id, name, gender, birthday,
                  region, city, language, time_zone, phone, email, tags, customer_since, sms_consent, email_consent,
                  unsubscribe_token, frequency, monetary, last_order_day, tier, tier_rank, tier_seq, group_key, group_seq, stage, stage_seq)
                """)) {
            for (var one : members) {
                rows.row(
                        merchant,
                        one.number(),
                        1,
                        1,
                        Buyer.externalId(one.number()),
                        "Customer " + one.number(),
                        one.gender(),
                        one.birthday(),
                        one.region(),
                        one.city(),
                        "zh",
                        "Asia/Shanghai",
                        "+8613" + (100_000_000 + one.number()),
                        "c" + one.number() + "@example.com",
                        "{" + String.join(",", one.tags()) + "}",
                        one.since(),
                        one.smsConsent(),
                        one.emailConsent(),
                        "t" + merchant + "-" + one.number(),
                        one.frequency(),
                        one.monetary(),
                        one.lastOrderDay(),
                        one.tier(),
                        Member.TIERS.indexOf(one.tier()),
                        1,
                        one.group(),
                        1,
                        one.stage(),
                        1);
            }
            rows.end();
        }
    }

    private void purchases(Iterable<Member> members, Connection connection) throws SQLException {
        try (var rows = new CopyRows(connection, """
                purchase (merchant_id, customer_id, order_id, product_code, category, ordered_at, quantity)
                """)) {
            var order = 0L;
            for (var one : members) {
                for (var bought : one.bought()) {
                    rows.row(
                            merchant,
                            one.number(),
                            ++order,
                            bought.product().code(),
                            bought.product().category(),
                            bought.at(),
                            1);
                }
            }
            rows.end();
        }
    }

    /// A campaign that runs, with a send and a wait.
    ///
    /// @return its id
    public long campaign() throws SQLException {
        var id = database.number("select nextval('campaign_id_seq')");
        try (var connection = database.connect();
                var campaign = connection.prepareStatement("""
                        with one as (
                          insert into campaign (merchant_id, id, revision, name, state, salt, definition, created_by,
                            created_at, updated_at, activated_at)
                          values (?, ?, 1, 'Bench', 'active', 'bench', ?::jsonb, 'bench', now(), now(), now())
                          returning *)
                        insert into campaign_revision (merchant_id, campaign_id, revision, definition, saved_at, saved_by)
                        select merchant_id, id, revision, definition, now(), 'bench' from one
                        """)) {
            campaign.setInt(1, merchant);
            campaign.setLong(2, id);
            campaign.setString(3, DEFINITION);
            campaign.executeUpdate();
        }
        return id;
    }

    /// One enrolment of each customer, at the end of the campaign's wait; the service sees all of them at once.
    ///
    /// @param due when the wait ends
    public void enrolments(long campaign, long customers, Instant due) throws SQLException {
        var enrolled = due.minus(30, ChronoUnit.DAYS);
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var rows = new CopyRows(connection, """
                    enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state, step, due_at,
                      enrolled_at, updated_at)
                    """)) {
                for (var number = 1L; number <= customers; number++) {
                    rows.row(
                            merchant,
                            number,
                            campaign,
                            1,
                            "broadcast",
                            "active",
                            STEP,
                            due.plusMillis(number),
                            enrolled,
                            enrolled);
                }
                rows.end();
            }
            connection.commit();
        }
    }
}
